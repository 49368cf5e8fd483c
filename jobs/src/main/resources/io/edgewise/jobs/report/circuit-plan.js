/** Which nodes and edges of a circuit are drawn, in which columns, and how large. */
edgewise.circuitPlan = (function () {
  'use strict';

  const { passing } = edgewise.filter;
  const { largest } = edgewise.numbers;

  const DRAW_LIMIT = 400;
  const NODE_WIDTH = 46;
  const NODE_HEIGHT = 22;
  const THINNEST = 1.25;
  const THICKEST = 34;

  /** The plan of a circuit's picture, no taller than a limit, which depends on the nodes of the fullest column. */
  function plan(state, tallest) {
    const edges = drawable(state);
    const columns = columnsOf(nodesOf(state, edges));
    const most = Math.max(0, ...columns.map((column) => column.nodes.length));
    const gap = most > 8 ? 10 : 16;
    const height = (scale) => Math.max(0, ...columns.map((column) =>
      column.nodes.reduce((total, node) => total + nodeHeight(node, scale), gap * (column.nodes.length - 1))));
    const strongest = largest(edges.map((edge) => edge.score));
    const scale = largestScale(strongest > 0 ? THICKEST / strongest : 0, height, Math.max(tallest(most), 1.5 * height(0)));
    return { edges, columns, gap, scale, height: height(scale) };
  }

  function drawable(state) {
    return passing(state).slice(0, DRAW_LIMIT).filter((edge) => {
      const from = state.nodes.get(edge.source);
      const to = state.nodes.get(edge.destination);
      return from && to && from.column < to.column;
    });
  }

  /** The nodes that edges run between, with the edges that each reads and writes. */
  function nodesOf(state, edges) {
    const nodes = new Map();
    for (const edge of edges) {
      for (const name of [edge.source, edge.destination]) {
        if (!nodes.has(name)) {
          const { column, kind } = state.nodes.get(name);
          nodes.set(name, { name, column, kind, reads: [], writes: [] });
        }
      }
      nodes.get(edge.source).writes.push(edge);
      nodes.get(edge.destination).reads.push(edge);
    }
    return [...nodes.values()];
  }

  function columnsOf(nodes) {
    return [...new Set(nodes.map((node) => node.column))].sort((a, b) => a - b).map((column) => ({
      column,
      nodes: nodes.filter((node) => node.column === column)
        .sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true })),
    }));
  }

  /** The scale is how many pixels a score of one is worth. */
  function thickness(edge, scale) {
    return Number.isFinite(edge.score) ? Math.max(THINNEST, Math.abs(edge.score) * scale) : THICKEST;
  }

  function nodeHeight(node, scale) {
    const sum = (edges) => edges.reduce((total, edge) => total + thickness(edge, scale), 0);
    return Math.max(node.kind === 'resid' ? 2 * NODE_HEIGHT : NODE_HEIGHT, sum(node.reads) + 4, sum(node.writes) + 4);
  }

  /** The largest scale, up to a highest, at which the picture is within its limit. */
  function largestScale(highest, height, limit) {
    if (height(highest) <= limit) {
      return highest;
    }
    let low = 0;
    let high = highest;
    for (let step = 0; step < 40; step++) {
      const middle = (low + high) / 2;
      if (height(middle) > limit) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return low;
  }

  return { DRAW_LIMIT, NODE_WIDTH, THINNEST, nodeHeight, plan, thickness };
})();
