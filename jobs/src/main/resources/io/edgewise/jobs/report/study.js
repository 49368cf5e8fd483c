/** The studies of the report, and the questions that the page often asks about a study. */
edgewise.study = (function () {
  'use strict';

  const { plansOf } = edgewise.circuitPlan;
  const { edgeTip, paintOf } = edgewise.edgeTip;
  const { noFilter } = edgewise.filter;
  const { human, inOrder } = edgewise.labels;
  const { score } = edgewise.numbers;

  const ROWS_AT_ONCE = 30;

  /** A study in the shape that the page uses, with the reader's choices: a size, a metric, and how many rows are shown. */
  function prepare(study) {
    const edges = study.edges.map((edge, place) => ({ ...edge, place, score: score(edge.score) })).sort((a, b) => a.rank - b.rank);
    const metrics = inOrder([...new Set(study.curve.map((point) => point.metric))]);
    const measured = [...new Set(study.curve.map((point) => point.achievedEdges))].sort((a, b) => a - b);
    const largest = Math.max(edges.length, measured.length ? measured[measured.length - 1] : 0);
    const chosen = Math.max(0, Math.min(study.chosenEdges, largest));
    return {
      study, edges, metrics, measured, largest, chosen,
      nodes: new Map(study.nodes.map((node) => [node.name, node])),
      plans: plansOf(study.drawn),
      series: seriesOf(study),
      total: Math.max(study.edgeCount, largest),
      size: chosen,
      metric: metrics[0],
      rows: ROWS_AT_ONCE,
      filter: noFilter(),
      signed: true,
      tipOf: edgeTip,
      paintOf,
      circuitOf: (state) => state.edges.slice(0, state.size),
    };
  }

  /** The lines of the curve: one for each way of patching and of ablating. */
  function seriesOf(study) {
    const ablations = new Set(study.curve.map((point) => point.ablationType));
    const series = [];
    for (const point of study.curve) {
      if (!series.some((one) => belongs(point, one))) {
        series.push({
          patch: point.patchType,
          ablation: point.ablationType,
          label: human(point.patchType) + (ablations.size > 1 ? ', ' + human(point.ablationType).toLowerCase() : ''),
        });
      }
    }
    return series;
  }

  function belongs(point, series) {
    return point.patchType === series.patch && point.ablationType === series.ablation;
  }

  function pointsOf(state, series, metric) {
    return state.study.curve
      .filter((point) => point.metric === metric && belongs(point, series))
      .sort((a, b) => a.achievedEdges - b.achievedEdges);
  }

  /** The measurement of the circuit of a size, or null where it isn't a number. */
  function pointAt(state, series, metric, size) {
    const point = pointsOf(state, series, metric).find((one) => one.achievedEdges === size);
    return point && point.value !== null ? point : null;
  }

  function isPart(node) {
    return node.kind !== 'resid';
  }

  /** How many heads and MLPs the model has. */
  function allParts(state) {
    return [...state.nodes.values()].filter(isPart).length;
  }

  /** How many heads and MLPs some edges begin or end in. */
  function partsOf(state, edges) {
    const names = new Set(edges.flatMap((edge) => [edge.source, edge.destination]));
    return [...names].filter((name) => state.nodes.has(name) && isPart(state.nodes.get(name))).length;
  }

  function hurtingOf(edges) {
    return edges.filter((edge) => edge.score < 0).length;
  }

  return { ROWS_AT_ONCE, allParts, belongs, hurtingOf, partsOf, pointAt, pointsOf, prepare };
})();
