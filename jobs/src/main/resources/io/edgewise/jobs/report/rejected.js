/** The prompts that were left out: how many for each reason, and which. */
edgewise.rejected = (function () {
  'use strict';

  const { byId, element } = edgewise.elements;
  const { count, whole } = edgewise.numbers;

  const REASONS = 12;
  const ROWS = 200;

  function showRejected({ study: { rejected } }) {
    byId('rejected-section').hidden = rejected.length === 0;
    byId('rejected-note').textContent = count(rejected.length, 'prompt', 'prompts')
      + ' could not be used and did not count in any number on this page.';
    byId('reasons').replaceChildren(...reasons(rejected).slice(0, REASONS).map(([reason, times]) =>
      element('li', {}, element('b', {}, whole(times)), element('span', {}, reason))));
    byId('rejected-summary').textContent = rejected.length > ROWS ? 'The first ' + whole(ROWS) + ' of them' : 'Which prompts';
    byId('rejected-table').replaceChildren(
      element('thead', {}, element('tr', {}, element('th', { scope: 'col' }, 'Where'), element('th', { scope: 'col' }, 'Reason'))),
      element('tbody', {}, ...rejected.slice(0, ROWS).map((one) =>
        element('tr', {}, element('td', {}, one.where), element('td', {}, one.reason)))));
  }

  /** The reasons and how often each was given, the most frequent first. */
  function reasons(rejected) {
    const times = new Map();
    for (const { reason } of rejected) {
      times.set(reason, (times.get(reason) || 0) + 1);
    }
    return [...times].sort((a, b) => b[1] - a[1]);
  }

  return { showRejected };
})();
