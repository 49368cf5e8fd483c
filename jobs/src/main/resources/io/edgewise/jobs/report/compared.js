/** Two circuits in the shape that the page uses, and which edges they share. */
edgewise.compared = (function () {
  'use strict';

  const { plansOf } = edgewise.circuitPlan;
  const { noFilter } = edgewise.filter;
  const { inOrder } = edgewise.labels;
  const { largest, score } = edgewise.numbers;

  const PAINTS = ['series-1', 'series-2'];
  const ROWS_AT_ONCE = 30;

  /** The choices are the size of each circuit, which edges of both are shown, and a metric. */
  function prepare(comparison) {
    const names = comparison.sides.map((side) => side.name);
    const curve = comparison.sides.flatMap((side, index) =>
      side.curve.map((point) => ({ ...point, patchType: String(index), ablationType: '' })));
    const metrics = inOrder([...new Set(curve.map((point) => point.metric))]);
    const edges = widened(comparison.edges);
    return {
      study: { curve, nodes: comparison.nodes, positions: comparison.positions },
      edges, metrics,
      metric: metrics[0],
      measured: [],
      nodes: new Map(comparison.nodes.map((node) => [node.name, node])),
      plans: plansOf(comparison.drawn),
      series: names.map((label, index) => ({ patch: String(index), ablation: '', label })),
      sides: comparison.sides.map((side, index) => sideOf(side, edges, index)),
      total: Math.max(...comparison.sides.map((side) => side.edgeCount)),
      rankCorrelation: comparison.rankCorrelation,
      member: 'all',
      rows: ROWS_AT_ONCE,
      filter: noFilter(),
      circuitOf: shownEdges,
    };
  }

  /** One side of the comparison. Its largest size is the last up to which the page has all ranks. */
  function sideOf(side, edges, index) {
    const ranks = new Set(edges.map((edge) => edge.ranks[index]));
    let most = 0;
    while (ranks.has(most + 1)) {
      most++;
    }
    const chosen = Math.min(side.chosenEdges, most);
    return { ...side, paint: PAINTS[index], largest: most, chosen, size: chosen,
      measured: [...new Set(side.curve.map((point) => point.achievedEdges))].sort((a, b) => a - b) };
  }

  /** Gives every edge one strength for both circuits: its share of the strongest score, in the circuit where that is larger. */
  function widened(edges) {
    const scored = edges.map((edge, place) => ({ ...edge, place, scores: edge.scores.map(score) }));
    const strongest = [0, 1].map((index) => Math.max(1e-300, largest(scored.map((edge) => edge.scores[index]))));
    const share = (one, index) => Math.abs(one) / strongest[index];
    return scored.map((edge) => ({ ...edge, score: Math.max(...edge.scores.map(share)) }))
      .sort((one, other) => Math.min(...one.ranks) - Math.min(...other.ranks) || one.ranks[0] - other.ranks[0]);
  }

  /** Whether an edge is in both circuits, only in the first, only in the second, or, if null, in none. */
  function memberOf(state, edge) {
    const [first, second] = state.sides.map((side, index) => edge.ranks[index] <= side.size);
    return first && second ? 'shared' : first ? 'first' : second ? 'second' : null;
  }

  function shownEdges(state) {
    return state.edges.filter((edge) => {
      const member = memberOf(state, edge);
      return member !== null && (state.member === 'all' || state.member === member);
    }).sort((one, other) => (other.score > one.score ? 1 : other.score < one.score ? -1 : 0));
  }

  /** How many edges are shared and how many not. */
  function counts(state) {
    const found = { shared: 0, first: 0, second: 0 };
    state.edges.map((edge) => memberOf(state, edge)).filter((member) => member !== null).forEach((member) => found[member]++);
    const union = found.shared + found.first + found.second;
    return { ...found, union, jaccard: union ? found.shared / union : null };
  }

  return { ROWS_AT_ONCE, counts, memberOf, prepare };
})();
