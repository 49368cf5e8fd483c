/** The buttons that choose which metric the curve shows. */
edgewise.metrics = (function () {
  'use strict';

  const { current } = edgewise.choice;
  const { drawCurve } = edgewise.curve;
  const { byId, element } = edgewise.elements;
  const { metricOf } = edgewise.labels;
  const { showPill, startPills } = edgewise.pills;

  function showMetrics(state) {
    byId('metrics').replaceChildren(...state.metrics.map((name) =>
      element('button', { type: 'button', role: 'radio', value: name }, metricOf(name).label)));
    if (state.metric !== undefined) {
      showPill(byId('metrics'), state.metrics.indexOf(state.metric));
      byId('metric-note').textContent = metricOf(state.metric).note;
    }
  }

  function startMetrics() {
    startPills(byId('metrics'), (name) => {
      current().metric = name;
      byId('metric-note').textContent = metricOf(name).note;
      drawCurve(current());
    });
  }

  return { showMetrics, startMetrics };
})();
