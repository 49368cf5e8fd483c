/** Starts the page: reads the report's data, fills the page with a study, and draws again when its width or colours change. */
(function () {
  'use strict';

  const { showAnswers } = edgewise.answers;
  const { chooseStudy, current, whenChosen } = edgewise.choice;
  const { drawCircuit, startCircuit } = edgewise.circuit;
  const { drawCurve } = edgewise.curve;
  const { showCurveLegend, showPatchNotes } = edgewise.curveLegend;
  const { showCurveTable } = edgewise.curveTable;
  const { showEdges, startEdges } = edgewise.edges;
  const { byId, element, roving } = edgewise.elements;
  const { showExact, startExact } = edgewise.exact;
  const { showFacts } = edgewise.facts;
  const { fillFields, showFilter, startFilter } = edgewise.filterFields;
  const { showHeadline } = edgewise.headline;
  const { showHeat, startHeat } = edgewise.heat;
  const { showMethods, startMethods } = edgewise.methods;
  const { showMetrics, startMetrics } = edgewise.metrics;
  const { startRedrawing } = edgewise.redrawing;
  const { showRejected } = edgewise.rejected;
  const { showMarks, showSize, startSize } = edgewise.size;
  const { prepare } = edgewise.study;
  const { showSummary } = edgewise.summary;
  const { drawTraining, showTraining, startTraining } = edgewise.training;
  const { resetZoom, startZoom } = edgewise.zoom;

  function showStudy(state) {
    chooseStudy(state);
    showHeadline(state);
    showMetrics(state);
    showCurveLegend(state);
    showPatchNotes(state);
    showCurveTable(state);
    showMarks(state);
    fillFields(state);
    resetZoom();
    showMethods(state);
    showExact(state);
    showTraining(state);
    showFacts(state);
    showRejected(state);
    byId('curve-section').hidden = state.metrics.length === 0;
    byId('curve-hint').hidden = state.edges.length === 0;
    byId('circuit-section').hidden = state.edges.length === 0;
    byId('edges-section').hidden = state.edges.length === 0;
    drawCurve(state);
    showCircuit(state);
  }

  function showCircuit(state) {
    showSize(state);
    showSummary(state);
    showFilter(state);
    showEdges(state);
    showHeat(state);
    showAnswers(state);
    drawCircuit(state);
  }

  function startTabs(states) {
    const list = byId('tabs');
    const open = (index) => {
      [...list.children].forEach((tab, place) => {
        tab.setAttribute('aria-selected', String(place === index));
        tab.tabIndex = place === index ? 0 : -1;
      });
      byId('study').setAttribute('aria-labelledby', 'tab-' + index);
      showStudy(states[index]);
    };
    states.forEach((state, index) => {
      const tab = element('button',
        { type: 'button', role: 'tab', id: 'tab-' + index, 'aria-controls': 'study' }, state.study.name);
      tab.addEventListener('click', () => open(index));
      list.append(tab);
    });
    roving(list, open);
    if (states.length > 1) {
      list.hidden = false;
      byId('study').setAttribute('role', 'tabpanel');
      open(0);
    } else {
      showStudy(states[0]);
    }
    byId('study-name').hidden = states.length > 1;
  }

  function start({ studies, comparisons, exact }) {
    if (!studies.length) {
      byId('no-studies').hidden = false;
      return;
    }
    byId('study').hidden = false;
    startMetrics();
    startSize();
    startEdges();
    startMethods(comparisons);
    startExact(exact);
    startTraining();
    startCircuit();
    startFilter();
    startHeat();
    startZoom(() => drawCircuit(current()));
    whenChosen((state) => {
      showCircuit(state);
      drawCurve(state);
    });
    startTabs(studies.map(prepare));
    startRedrawing((state) => {
      showMarks(state);
      showHeat(state);
      drawCurve(state);
      drawTraining(state);
      drawCircuit(state);
    });
  }

  start(JSON.parse(byId('report-data').textContent));
})();
