/** Which edges of a circuit are shown: by score, layer, node and token position. */
edgewise.filter = (function () {
  'use strict';

  const { layerOf } = edgewise.labels;
  const { largest } = edgewise.numbers;
  const { edgesThrough, ownEdges } = edgewise.paths;

  /** Smallest scores to choose from, as shares of the strongest. */
  const SHARES = [0, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5];

  /** A filter that lets everything pass; null is any layer or position. */
  function noFilter() {
    return { share: 0, from: null, to: null, node: '', reach: 'own', position: null };
  }

  function isFiltered({ filter }) {
    return filter.share > 0 || filter.from !== null || filter.to !== null || filter.node !== '' || filter.position !== null;
  }

  /** The edges of the shown circuit that pass, the strongest first. */
  function passing(state) {
    return passingOf(state, state.circuitOf(state));
  }

  function passingOf({ filter, edges: all }, edges) {
    const least = filter.share * largest(all.map((edge) => edge.score));
    const rest = edges.filter((edge) => Math.abs(edge.score) >= least
      && inLayers(filter, edge.source) && inLayers(filter, edge.destination)
      && (filter.position === null || edge.position === filter.position));
    if (filter.node === '') {
      return rest;
    }
    return filter.reach === 'paths' ? edgesThrough(rest, filter.node) : ownEdges(rest, filter.node);
  }

  /** The stream's start and end are in every layer. */
  function inLayers({ from, to }, node) {
    const layer = layerOf(node);
    return layer === null || ((from === null || layer >= from) && (to === null || layer <= to));
  }

  return { SHARES, isFiltered, noFilter, passing, passingOf };
})();
