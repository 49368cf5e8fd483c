/** The numbers of the curve as a table. */
edgewise.curveTable = (function () {
  'use strict';

  const { byId, element } = edgewise.elements;
  const { metricOf } = edgewise.labels;
  const { between, rounded, whole } = edgewise.numbers;
  const { belongs } = edgewise.study;

  function showCurveTable(state) {
    byId('curve-table').replaceChildren(
      element('thead', {}, element('tr', {}, ...heads(state).map((head, index) =>
        element('th', { scope: 'col', class: index ? 'num' : null }, head)))),
      element('tbody', {}, ...rows(state).map((row) => element('tr', {},
        element('td', {}, state.series[row.series].label),
        element('td', { class: 'num' }, whole(row.point.requestedEdges)),
        element('td', { class: 'num' }, whole(row.point.achievedEdges)),
        ...state.metrics.map((name) => {
          const point = row.points.get(name);
          return element('td', { class: 'num' },
            point === undefined || point.value === null ? '\u2013' : rounded(point.value, 6) + between(point.interval, 4));
        })))));
  }

  function heads(state) {
    return [state.sides ? 'Circuit' : 'Patching', 'Requested', 'Achieved', ...state.metrics.map((name) => {
      const { label, unit } = metricOf(name);
      return label + (unit ? ' (' + unit + ')' : '');
    })];
  }

  /** The measurements of a circuit, of all metrics, in one row. */
  function rows(state) {
    const found = new Map();
    for (const point of state.study.curve) {
      const series = state.series.findIndex((one) => belongs(point, one));
      const key = [point.achievedEdges, point.requestedEdges, series].join(' ');
      if (!found.has(key)) {
        found.set(key, { point, series, points: new Map() });
      }
      found.get(key).points.set(point.metric, point);
    }
    return [...found.values()].sort((a, b) => a.series - b.series || a.point.achievedEdges - b.point.achievedEdges
      || a.point.requestedEdges - b.point.requestedEdges);
  }

  return { showCurveTable };
})();
