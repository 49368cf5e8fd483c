/** The buttons that choose which metric the curve shows. */
edgewise.metrics = (function () {
  'use strict';

  const { current } = edgewise.choice;
  const { drawCurve } = edgewise.curve;
  const { byId, element, roving } = edgewise.elements;
  const { metricOf } = edgewise.labels;

  function showMetrics(state) {
    byId('metrics').replaceChildren(...state.metrics.map((name) => {
      const button = element('button', { type: 'button', role: 'radio' }, metricOf(name).label);
      button.addEventListener('click', () => choose(state, name));
      return button;
    }));
    showChosen(state);
  }

  function choose(state, name) {
    state.metric = name;
    showChosen(state);
    drawCurve(state);
  }

  function showChosen(state) {
    if (state.metric === undefined) {
      return;
    }
    [...byId('metrics').children].forEach((button, index) => {
      const on = state.metrics[index] === state.metric;
      button.setAttribute('aria-checked', String(on));
      button.tabIndex = on ? 0 : -1;
    });
    byId('metric-note').textContent = metricOf(state.metric).note;
  }

  function startMetrics() {
    roving(byId('metrics'), (index) => choose(current(), current().metrics[index]));
  }

  return { showMetrics, startMetrics };
})();
