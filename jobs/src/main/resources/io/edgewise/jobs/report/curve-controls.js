/** Random circuits next to the curve: bands in which most of them lie, and in words how few are as good as the circuit. */
edgewise.curveControls = (function () {
  'use strict';

  const { byId, element } = edgewise.elements;
  const { area } = edgewise.curveBand;
  const { count } = edgewise.numbers;
  const { logPlace } = edgewise.scale;

  const KINDS = [
    { kind: 'uniform', label: 'Random circuits', mark: 'dotted', such: '', dash: [2, 3], opacity: 0.22 },
    { kind: 'by_layer', label: 'Random circuits of its shape', mark: 'dashed', such: ', as many into each layer as the circuit has', dash: [8, 3], opacity: 0.12 },
  ];

  function controlsOf(state, kind) {
    return (state.study.controls ?? []).filter((one) => one.metric === state.metric && one.kind === kind && one.mean !== null);
  }

  function controls(state, view) {
    showWords(state);
    return KINDS.flatMap(({ kind, label, dash, opacity }) => {
      const points = controlsOf(state, kind);
      const paint = view.color('faint');
      return points.length ? [area(points, paint, opacity), {
        type: 'line', name: label, silent: true, symbol: 'none', z: 3, tooltip: { show: false },
        lineStyle: { color: paint, width: 1.5, type: dash },
        data: points.map((point) => [logPlace(point.achievedEdges), point.mean]),
      }] : [];
    });
  }

  /** The sentences for the size with random circuits that is nearest to the one shown. */
  function showWords(state) {
    const said = KINDS.flatMap(({ kind, label, mark, such }) => {
      const points = controlsOf(state, kind);
      if (!points.length) {
        return [];
      }
      const next = points.reduce((best, point) => (apart(point, state) < apart(best, state) ? point : best));
      const asGood = Math.round(next.shareAsGood * next.controls);
      return [element('li', {}, element('b', {}, label), ' (' + mark + '): of ' + next.controls + ' with '
        + count(next.achievedEdges, 'edge', 'edges') + such + ', '
        + (asGood === 0 ? 'none comes' : asGood === 1 ? 'one comes' : asGood + ' come') + ' as near to the whole model as the circuit.')];
    });
    byId('curve-controls').replaceChildren(...said);
    byId('curve-controls').hidden = said.length === 0;
  }

  function apart(point, state) {
    return Math.abs(logPlace(point.achievedEdges) - logPlace(state.size));
  }

  return { controls };
})();
