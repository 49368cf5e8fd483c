/** How well the scores of a task's methods agree with exact patching, where a study has both. */
edgewise.exact = (function () {
  'use strict';

  const { byId, element } = edgewise.elements;
  const { between, count, rounded, whole } = edgewise.numbers;

  const DIGITS = 2;

  let tables = [];

  function startExact(all) {
    tables = all;
  }

  function showExact({ study }) {
    const table = tables.find(({ studies }) => studies.includes(study.name));
    byId('exact-section').hidden = !table;
    if (!table) {
      return;
    }
    byId('exact-note').textContent = 'Each of ' + count(table.edges, 'edge', 'edges')
      + ' was patched alone, which is what the scores estimate. Intervals are over the choice of edges, 95%.';
    const sizes = [...new Set(table.methods.flatMap(({ strongest }) => strongest.map(({ edges }) => edges)))].sort((a, b) => a - b);
    byId('exact-table').replaceChildren(
      element('thead', {}, element('tr', {}, head('Method', null), head('Pearson', 'num'), head('Spearman', 'num'),
        head('Same sign', 'num'), ...sizes.map((size) => head('Of the strongest ' + whole(size), 'num')))),
      element('tbody', {}, ...table.methods.map((method) => row(method, sizes))));
  }

  function head(text, kind) {
    return element('th', { scope: 'col', class: kind }, text);
  }

  function row(method, sizes) {
    const shares = new Map(method.strongest.map(({ edges, share }) => [edges, share]));
    return element('tr', {}, element('th', { scope: 'row' }, method.name), cell(measure(method.pearson)),
      cell(measure(method.spearman)), cell(measure(method.signs, 100, '%')),
      ...sizes.map((size) => cell(shares.has(size) ? percent(shares.get(size)) : '')));
  }

  function cell(text) {
    return element('td', { class: 'num' }, text);
  }

  function percent(share) {
    return rounded(100 * share, DIGITS) + '%';
  }

  function measure({ value, interval: { low, high } }, times = 1, unit = '') {
    return value === null ? 'undefined' : rounded(times * value, DIGITS) + unit
      + between({ low: low === null ? null : times * low, high: high === null ? null : times * high }, DIGITS);
  }

  return { showExact, startExact };
})();
