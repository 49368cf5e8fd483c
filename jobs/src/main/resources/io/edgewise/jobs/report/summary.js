/** The circuit in words, above its picture. */
edgewise.summary = (function () {
  'use strict';

  const { byId, element } = edgewise.elements;
  const { metricOf } = edgewise.labels;
  const { between, count, whole, withUnit } = edgewise.numbers;
  const { hurtingOf, partsOf, pointAt } = edgewise.study;

  function showSummary(state) {
    const { size } = state;
    byId('circuit-title').textContent =
      (size === state.chosen ? 'The circuit of ' : 'A circuit of ') + count(size, 'edge', 'edges');
    byId('summary').replaceChildren(...edgesInWords(state), ...measuredInWords(state));
  }

  function edgesInWords(state) {
    const circuit = state.edges.slice(0, state.size);
    const edges = element('strong', {}, count(state.size, 'edge', 'edges'));
    if (!circuit.length) {
      return [];
    }
    if (circuit.length < state.size) {
      return [edges, ', of which this page has the strongest ', whole(circuit.length), '. '];
    }
    const hurts = hurtingOf(circuit);
    const helps = circuit.length - hurts;
    return [
      edges, ' through ', element('strong', {}, count(partsOf(state, circuit), 'head or MLP', 'heads and MLPs')), ': ',
      element('span', { class: 'help-text' }, count(helps, 'helps', 'help')), ', ',
      element('span', { class: 'hurt-text' }, count(hurts, 'hurts', 'hurt')), '. ',
    ];
  }

  function measuredInWords(state) {
    const metric = state.metrics[0];
    if (metric === undefined) {
      return [];
    }
    const { label, unit } = metricOf(metric);
    const values = [];
    for (const series of state.series) {
      const point = pointAt(state, series, metric, state.size);
      if (point !== null) {
        values.push(withUnit(point.value, unit, 4) + between(point.interval, 3) + (state.series.length > 1 ? ' (' + series.label.toLowerCase() + ')' : ''));
      }
    }
    return values.length
      ? [label + ': ', element('strong', {}, values.join(', ')), '.']
      : ['This size was not measured.'];
  }

  return { showSummary };
})();
