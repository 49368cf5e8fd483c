/** The steps of a training as a table. */
edgewise.trainingTable = (function () {
  'use strict';

  const { byId, element } = edgewise.elements;
  const { rounded, whole } = edgewise.numbers;

  const DIGITS = 5;

  function showTrainingTable(points, faithfulness, validated) {
    const heads = ['Step', 'Epoch', 'Loss', faithfulness, 'Edges',
      ...validated ? ['Validation loss', 'Validation ' + faithfulness[0].toLowerCase() + faithfulness.slice(1)] : []];
    byId('training-table').replaceChildren(
      element('thead', {}, element('tr', {}, ...heads.map((head) => element('th', { scope: 'col', class: 'num' }, head)))),
      element('tbody', {}, ...points.map((point) => element('tr', {}, ...cells(point, validated).map((text) =>
        element('td', { class: 'num' }, text))))));
  }

  function cells(point, validated) {
    return [whole(point.step), whole(point.epoch), measured(point.loss), measured(point.faithfulness), measured(point.edges),
      ...validated ? [measured(point.validationLoss), measured(point.validationFaithfulness)] : []];
  }

  function measured(value) {
    return value === null ? '\u2013' : rounded(value, DIGITS);
  }

  return { showTrainingTable };
})();
