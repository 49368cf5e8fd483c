/** The two results at the top, and how far the circuits agree. */
edgewise.compareHeads = (function () {
  'use strict';

  const { counts } = edgewise.compared;
  const { byId, element } = edgewise.elements;
  const { factRows } = edgewise.facts;
  const { count, rounded, whole } = edgewise.numbers;

  function showHeads(state) {
    byId('sides').replaceChildren(...state.sides.map((side) => element('div', { class: 'side' },
      element('p', { class: 'eyebrow' }, swatch(side.paint), side.name),
      element('h3', {}, side.headline),
      ...side.doubts.map((doubt) => element('p', { class: 'notice' }, 'Caution: ' + doubt + '.')))));
  }

  function showAgreement(state) {
    const [one, other] = state.sides;
    const { shared, first, second, union, jaccard } = counts(state);
    const rows = [
      ['Shared', whole(shared), ' of ' + count(union, 'edge', 'edges') + ' in either'],
      ['Only in ' + one.name, whole(first), ' of ' + whole(one.size)],
      ['Only in ' + other.name, whole(second), ' of ' + whole(other.size)],
      ['Jaccard index', jaccard === null ? '\u2013' : rounded(jaccard, 3), ' shared of either'],
    ];
    if (state.rankCorrelation !== null) {
      rows.push(['Rank correlation', rounded(state.rankCorrelation, 3), ' of all scores (Spearman)']);
    }
    byId('agreement').replaceChildren(...rows.map(([label, figure, rest]) =>
      element('div', {}, element('dt', {}, label), element('dd', {}, figure, element('small', {}, rest)))));
    byId('agreement-state').textContent = count(shared, 'edge', 'edges') + ' shared, '
      + whole(first) + ' only in ' + one.name + ', ' + whole(second) + ' only in ' + other.name;
    byId('circuit-title').textContent = one.name + ', ' + count(one.size, 'edge', 'edges') + ', and '
      + other.name + ', ' + count(other.size, 'edge', 'edges');
  }

  function swatch(paint) {
    const made = element('i', { class: 'swatch', 'aria-hidden': 'true' });
    made.style.background = 'var(--' + paint + ')';
    return made;
  }

  function showSideFacts(state) {
    byId('facts').replaceChildren(...state.sides.map((side) => element('div', {},
      element('h4', {}, swatch(side.paint), side.name),
      element('dl', { class: 'facts' }, ...factRows(side.facts)))));
  }

  return { showAgreement, showHeads, showSideFacts, swatch };
})();
