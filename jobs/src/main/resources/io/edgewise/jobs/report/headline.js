/** The top of a study: its result in one sentence and in a few large figures. */
edgewise.headline = (function () {
  'use strict';

  const { byId, element } = edgewise.elements;
  const { metricOf } = edgewise.labels;
  const { between, rounded, whole } = edgewise.numbers;
  const { allParts, hurtingOf, partsOf, pointAt } = edgewise.study;

  function showHeadline(state) {
    byId('study-name').textContent = state.study.name;
    sentence(state.study.headline);
    byId('doubts').hidden = state.study.doubts.length === 0;
    byId('doubts').replaceChildren(...state.study.doubts.map((doubt) => element('li', {}, 'Caution: ' + doubt + '.')));
    byId('stats').replaceChildren(...figures(state).map(([label, figure, rest]) =>
      element('div', {}, element('dt', {}, label), element('dd', {}, figure, element('small', {}, rest)))));
  }

  /** The sentence with its figures emphasized. */
  function sentence(text) {
    const words = text.split(/(\s+)/).map((word) => {
      const figure = /^(\d[\d.,]*%?)([.,;:]?)$/.exec(word.replace(/[.,]$/, ''));
      if (!figure) {
        return word;
      }
      const end = word.slice(figure[0].length);
      const span = element('span', { class: 'figure' }, figure[0]);
      return end ? element('span', {}, span, end) : span;
    });
    byId('headline').replaceChildren(...words);
  }

  function figures(state) {
    const circuit = state.edges.slice(0, state.chosen);
    const hurts = hurtingOf(circuit);
    const rows = [];
    rows.push(['Edges in the circuit', whole(state.chosen),
      ' of ' + whole(state.total) + (state.total ? ' (' + rounded(100 * state.chosen / state.total, 2) + '%)' : '')]);
    rows.push(...measurements(state));
    if (circuit.length) {
      rows.push(['Heads and MLPs in it', whole(partsOf(state, circuit)), ' of ' + whole(allParts(state))]);
      rows.push(['Edges that help', whole(circuit.length - hurts), ' and ' + whole(hurts) + ' that hurt']);
    }
    return rows;
  }

  function measurements(state) {
    const best = state.metrics[0];
    if (best === undefined) {
      return [];
    }
    const { label, unit } = metricOf(best);
    const rows = [];
    for (const series of state.series.slice(0, 2)) {
      const point = pointAt(state, series, best, state.chosen);
      if (point !== null) {
        rows.push([label, rounded(point.value, 3) + (unit === '%' ? '%' : ''),
          (unit === '%' || !unit ? '' : ' ' + unit) + between(point.interval, 3)
            + (state.series.length > 1 ? ' ' + series.label.toLowerCase() : '')]);
      }
    }
    return rows;
  }

  return { showHeadline };
})();
