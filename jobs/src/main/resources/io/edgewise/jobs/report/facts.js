/** How a study was made. */
edgewise.facts = (function () {
  'use strict';

  const { byId, element } = edgewise.elements;
  const { whole } = edgewise.numbers;

  const LONGEST = 80;

  function showFacts({ study: { facts } }) {
    byId('facts-section').hidden = facts.length === 0;
    byId('facts').replaceChildren(...factRows(facts));
  }

  function factRows(facts) {
    return facts.map(({ label, value, parts }) => element('div', {}, element('dt', {}, label),
      element('dd', {}, parts.length ? folded(value, parts) : value)));
  }

  /** The details of a fact, which the reader can open. */
  function folded(value, parts) {
    return element('details', {}, element('summary', {}, value), element('dl', { class: 'parts' },
      ...parts.flatMap((part) => [element('dt', {}, part.label), element('dd', {}, brief(part.value))])));
  }

  /** A long list, shortened to its ends. */
  function brief(text) {
    const items = text.split(',');
    return text.length <= LONGEST || items.length < 6 ? items.join(', ')
      : items.slice(0, 3).join(', ') + ' \u2026 ' + items[items.length - 1] + ' (' + whole(items.length) + ' values)';
  }

  return { factRows, showFacts };
})();
