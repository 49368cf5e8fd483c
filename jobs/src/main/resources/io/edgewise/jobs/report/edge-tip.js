/** The tooltip of an edge. */
edgewise.edgeTip = (function () {
  'use strict';

  const { tip } = edgewise.charts;
  const { edgeName } = edgewise.labels;
  const { signed, whole } = edgewise.numbers;

  function edgeTip(state, edge, color) {
    const hurts = edge.score < 0;
    return tip(edgeName(edge), [
      ['Score', signed(edge.score), color(paintOf(edge))],
      ['Rank', whole(edge.rank) + ' of ' + whole(state.total)],
    ], hurts ? 'Hurts: patching it raises the answer.' : 'Helps: patching it lowers the answer.', true);
  }

  /** The colour, by its name, that an edge is drawn in. */
  function paintOf(edge) {
    return edge.score < 0 ? 'hurt' : 'help';
  }

  return { edgeTip, paintOf };
})();
