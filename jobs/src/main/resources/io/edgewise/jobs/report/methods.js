/** The methods of a task side by side, where a study has several. */
edgewise.methods = (function () {
  'use strict';

  const { byId, element } = edgewise.elements;
  const { decimal, rounded, whole } = edgewise.numbers;

  const DIGITS = 2;
  const NONE = '\u2013';

  let comparisons = [];

  function startMethods(all) {
    comparisons = all;
  }

  function showMethods({ study }) {
    const comparison = comparisons.find(({ studies }) => studies.includes(study.name));
    byId('methods-section').hidden = !comparison;
    if (!comparison) {
      return;
    }
    byId('methods-table').replaceChildren(
      element('thead', {}, element('tr', {}, head('Method', null), ...['Area', 'Edges at 90%', 'CPR', 'CMD', 'Stability', 'Seconds']
        .map((text) => head(text, 'num')))),
      element('tbody', {}, ...comparison.methods.map(row)));
    byId('methods-missing').hidden = comparison.notes.length === 0;
    byId('methods-missing').textContent = comparison.notes.join(' ');
  }

  function head(text, kind) {
    return element('th', { scope: 'col', class: kind }, text);
  }

  function row(result) {
    return element('tr', {}, element('th', { scope: 'row' }, result.method), cell(measured(result.area)),
      cell(edges(result.edgesAt90)), cell(measured(result.cpr)), cell(measured(result.cmd)),
      cell(result.stability ? measured(result.stability.jaccard) : NONE), cell(seconds(result.seconds)));
  }

  function cell(text) {
    return element('td', { class: 'num' }, text);
  }

  function measured({ value, interval }) {
    return value === null ? NONE : decimal(value)
      + (interval.low === null || interval.high === null ? '' : ' (' + decimal(interval.low) + ' to ' + decimal(interval.high) + ')');
  }

  function edges({ edges: value, low, high }) {
    const text = (size) => (size === null ? NONE : whole(size));
    return text(value) + (low === null && high === null ? '' : ' (' + text(low) + ' to ' + text(high) + ')');
  }

  function seconds(value) {
    return value === null ? NONE : value < 100 ? rounded(value, DIGITS) : whole(Math.round(value));
  }

  return { showMethods, startMethods };
})();
