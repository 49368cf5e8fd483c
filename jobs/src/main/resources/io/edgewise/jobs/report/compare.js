/** Starts the page that compares two circuits side by side. */
(function () {
  'use strict';

  const { chooseStudy, chooseFilter, current, redrawAll, whenChosen } = edgewise.choice;
  const { drawCircuit, startCircuit } = edgewise.circuit;
  const { MEMBER_PAINTS, bands, pairTip, showPairs, startPairs } = edgewise.compareEdges;
  const { showAgreement, showHeads, showSideFacts } = edgewise.compareHeads;
  const { showSizes, startSizes } = edgewise.compareSizes;
  const { memberOf, prepare } = edgewise.compared;
  const { drawCurve } = edgewise.curve;
  const { showCurveLegend } = edgewise.curveLegend;
  const { showCurveTable } = edgewise.curveTable;
  const { byId } = edgewise.elements;
  const { noFilter } = edgewise.filter;
  const { fillFields, showFilter, startFilter } = edgewise.filterFields;
  const { showMetrics, startMetrics } = edgewise.metrics;
  const { startPills } = edgewise.pills;
  const { startRedrawing } = edgewise.redrawing;
  const { resetZoom, startZoom } = edgewise.zoom;

  function show(state) {
    showSizes(state);
    showAgreement(state);
    showFilter(state);
    showPairs(state);
    drawCircuit(state);
    drawCurve(state);
  }

  function startMembers(state) {
    byId('member-first').textContent = 'Only ' + state.sides[0].name;
    byId('member-second').textContent = 'Only ' + state.sides[1].name;
    startPills(byId('members'), (member) => {
      current().member = member;
      redrawAll();
    });
  }

  function start(comparison) {
    const state = prepare(comparison);
    Object.assign(state, {
      tipOf: pairTip,
      bands: bands(state),
      paintOf: (edge) => MEMBER_PAINTS[memberOf(state, edge)],
    });
    chooseStudy(state);
    startMetrics();
    startSizes(state);
    startMembers(state);
    startCircuit();
    startFilter();
    startPairs();
    startZoom(() => drawCircuit(current()));
    byId('empty-reset').textContent = 'Show all edges';
    byId('empty-reset').addEventListener('click', () => {
      chooseFilter(noFilter());
      byId('members').firstElementChild.click();
    });
    whenChosen(show);
    showHeads(state);
    showSideFacts(state);
    showMetrics(state);
    showCurveLegend(state);
    showCurveTable(state);
    fillFields(state);
    resetZoom();
    byId('curve-hint').hidden = true;
    byId('curve-section').hidden = state.metrics.length === 0;
    show(state);
    startRedrawing((shown) => {
      drawCurve(shown);
      drawCircuit(shown);
    });
  }

  start(JSON.parse(byId('report-data').textContent));
})();
