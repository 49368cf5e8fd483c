/** Which edges of a circuit begin or end in a node, or lie on a path through it. */
edgewise.paths = (function () {
  'use strict';

  function ownEdges(edges, node) {
    return edges.filter((edge) => edge.source === node || edge.destination === node);
  }

  /** The edges on paths to a node and on paths from it, through any number of nodes. */
  function edgesThrough(edges, node) {
    const before = reached(edges, node, 'destination', 'source');
    const after = reached(edges, node, 'source', 'destination');
    return edges.filter((edge) => before.has(edge.destination) || after.has(edge.source));
  }

  /** The nodes that can be reached from a node when edges are followed from one end to the other. */
  function reached(edges, node, from, to) {
    const leaving = new Map();
    edges.forEach((edge) => leaving.set(edge[from], [...(leaving.get(edge[from]) || []), edge[to]]));
    const found = new Set([node]);
    // The loop also visits what is added to the set meanwhile.
    for (const one of found) {
      (leaving.get(one) || []).forEach((next) => found.add(next));
    }
    return found;
  }

  return { edgesThrough, ownEdges };
})();
