/** The edges of two circuits as a table. */
edgewise.compareEdges = (function () {
  'use strict';

  const { current } = edgewise.choice;
  const { tip } = edgewise.charts;
  const { ROWS_AT_ONCE, memberOf } = edgewise.compared;
  const { swatch } = edgewise.compareHeads;
  const { byId, element } = edgewise.elements;
  const { passing } = edgewise.filter;
  const { edgeName } = edgewise.labels;
  const { count, rounded, signedShort, whole } = edgewise.numbers;

  const MEMBER_PAINTS = { shared: 'strong-line', first: 'series-1', second: 'series-2' };

  function wordOf(state, member) {
    return { shared: 'both', first: 'only ' + state.sides[0].name, second: 'only ' + state.sides[1].name }[member] || 'neither';
  }

  function showPairs(state) {
    const all = passing(state).sort((one, other) => Math.min(...one.ranks) - Math.min(...other.ranks));
    const shown = all.slice(0, state.rows);
    const number = (text) => element('td', { class: 'num' }, text);
    byId('pair-rows').replaceChildren(...shown.map((edge) => element('tr', {},
      element('th', { scope: 'row', class: 'edge' }, edgeName(edge)),
      element('td', { class: 'member' }, swatch(MEMBER_PAINTS[memberOf(state, edge)]), wordOf(state, memberOf(state, edge))),
      ...edge.ranks.flatMap((rank, index) => [number(whole(rank)), number(signedShort(edge.scores[index], 4))]))));
    byId('pairs-first').textContent = state.sides[0].name;
    byId('pairs-second').textContent = state.sides[1].name;
    byId('more').hidden = state.rows >= all.length;
    byId('more-count').textContent = whole(shown.length) + ' of ' + count(all.length, 'edge', 'edges');
  }

  function pairTip(state, edge, color) {
    return tip(edgeName(edge), state.sides.map(({ name, paint }, index) =>
      [name, signedShort(edge.scores[index], 4) + ', rank ' + whole(edge.ranks[index]), color(paint)]),
    'In ' + wordOf(state, memberOf(state, edge)) + '.', true);
  }

  function bands(state) {
    return {
      paints: ['shared', 'first', 'second'].map((member) => [MEMBER_PAINTS[member], wordOf(state, member)]),
      width: (share) => 'this wide: ' + rounded(100 * share, 1) + '% of the strongest',
    };
  }

  function startPairs() {
    byId('more-edges').addEventListener('click', () => {
      current().rows += 2 * ROWS_AT_ONCE;
      showPairs(current());
    });
  }

  return { MEMBER_PAINTS, bands, pairTip, showPairs, startPairs };
})();
