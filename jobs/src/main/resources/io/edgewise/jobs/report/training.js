/** How masks were trained: loss, faithfulness and edges against steps, where a study's scores come from that. */
edgewise.training = (function () {
  'use strict';

  const { current } = edgewise.choice;
  const { sampleOf } = edgewise.curveLegend;
  const { byId, element } = edgewise.elements;
  const { count, whole } = edgewise.numbers;
  const { showPill, startPills } = edgewise.pills;
  const { drawTrainingChart } = edgewise.trainingChart;
  const { showTrainingTable } = edgewise.trainingTable;

  const TARGETS = {
    kl_div: { unit: 'nats', note: 'the KL divergence of the circuit’s output from the model’s' },
    mse: { unit: '', note: 'the mean squared error of the circuit’s output' },
    answer: { unit: 'logits', note: 'the mean logit of the right answers, negated' },
    wrong_answer: { unit: 'logits', note: 'the mean logit of the wrong answers, negated' },
    logit_diff_percent: { unit: '%', note: 'how far the circuit’s answer difference is from the model’s' },
    correct_percent: { unit: '', note: 'the share of prompts that are answered right' },
  };

  const TRAINED = { label: 'Training prompts', index: 0 };
  const VALIDATED = { label: 'Validation prompts', index: 1 };

  function startTraining() {
    startPills(byId('training-sizes'), (place) => {
      current().trained = Number(place);
      showCurve(current());
    });
  }

  function showTraining(state) {
    const { curves } = state.study.training;
    byId('training-section').hidden = curves.length === 0;
    if (!curves.length) {
      return;
    }
    state.trained ??= 0;
    byId('training-sizes').hidden = curves.length === 1;
    byId('training-sizes').replaceChildren(...(curves.length === 1 ? [] : curves).map(({ circuitSize }, place) =>
      element('button', { type: 'button', role: 'radio', value: place }, count(circuitSize, 'edge', 'edges'))));
    showPill(byId('training-sizes'), state.trained);
    const { note } = targetOf(state);
    byId('training-note').textContent = 'A step changes the masks of all edges so that the loss falls: the faithfulness loss'
      + (note ? ', ' + note : '') + ', plus what the circuit’s size adds. Edges are the sum of the masks in the circuit.';
    byId('training-faithfulness-title').textContent = faithfulness(state);
    showCurve(state);
  }

  function showCurve(state) {
    const { steps, points, validated } = chosen(state);
    byId('training-legend').hidden = !validated.length;
    byId('training-bar').hidden = !validated.length && state.study.training.curves.length === 1;
    byId('training-legend').replaceChildren(...[TRAINED, VALIDATED].map(({ label, index }) =>
      element('li', {}, sampleOf(index), label)));
    byId('training-thinned').hidden = points.length === steps;
    byId('training-thinned').textContent = whole(points.length) + ' of ' + whole(steps) + ' steps are shown.';
    showTrainingTable(points, faithfulness(state), validated.length > 0);
    drawTraining(state);
  }

  function drawTraining(state) {
    if (!state.study.training.curves.length) {
      return;
    }
    const { steps, points, validated } = chosen(state);
    const line = (kind, those, field) => ({ ...kind, points: those.map((point) => ({ ...point, value: point[field] })) });
    const both = (field, there) => [line(TRAINED, points, field), ...validated.length ? [line(VALIDATED, validated, there)] : []];
    drawTrainingChart('training-loss', { name: 'Loss', unit: '', steps, lines: both('loss', 'validationLoss') });
    drawTrainingChart('training-faithfulness', {
      name: 'Faithfulness loss', unit: targetOf(state).unit, steps, lines: both('faithfulness', 'validationFaithfulness'),
    });
    drawTrainingChart('training-edges', { name: 'Edges in the circuit', unit: '', steps, lines: [line(TRAINED, points, 'edges')] });
  }

  /** The training that is shown, its points with names. */
  function chosen({ study: { training: { curves } }, trained }) {
    const { steps, points } = curves[trained];
    const named = points.map(([step, epoch, loss, faithfulness, edges, validationLoss, validationFaithfulness]) =>
      ({ step, epoch, loss, faithfulness, edges, validationLoss, validationFaithfulness }));
    return { steps, points: named, validated: named.filter((point) => point.validationFaithfulness !== null) };
  }

  function targetOf({ study: { training: { target } } }) {
    return Object.hasOwn(TARGETS, target) ? TARGETS[target] : { unit: '', note: '' };
  }

  function faithfulness(state) {
    const { unit } = targetOf(state);
    return 'Faithfulness loss' + (unit ? ' (' + unit + ')' : '');
  }

  return { drawTraining, showTraining, startTraining };
})();
