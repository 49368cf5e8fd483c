/** The table of the strongest edges. */
edgewise.edges = (function () {
  'use strict';

  const { current } = edgewise.choice;
  const { byId, element } = edgewise.elements;
  const { isFiltered, passingOf } = edgewise.filter;
  const { edgeSuffix, positionName } = edgewise.labels;
  const { between, count, largest, signed, whole } = edgewise.numbers;
  const { ROWS_AT_ONCE } = edgewise.study;

  function showEdges(state) {
    const passed = passingOf(state, state.edges);
    const shown = passed.slice(0, state.rows);
    const positions = state.edges.some((edge) => Number.isInteger(edge.position));
    const strongest = Math.max(1e-300, largest(shown.flatMap((edge) => [edge.score, ...endsOf(edge)])));
    byId('edges-errors').hidden = shown.every((edge) => endsOf(edge).length === 0);
    const rows = [];
    for (const [index, edge] of shown.entries()) {
      const next = passed[index + 1];
      const last = edge.rank <= state.size && state.size < state.edges.length
        && (!next || next.rank > state.size);
      rows.push(row(state, edge, last, strongest, positions));
      if (last) {
        rows.push(element('tr', { class: 'limit-row' },
          element('td', { colspan: positions ? 5 : 4 }, 'The circuit of ' + count(state.size, 'edge', 'edges') + ' ends here')));
      }
    }
    byId('edge-rows').replaceChildren(...rows);
    byId('edges-filtered').hidden = !isFiltered(state);
    byId('edges-filtered').textContent = 'The filter of the circuit leaves ' + whole(passed.length) + ' of these '
      + count(state.edges.length, 'edge', 'edges') + '.';
    byId('edges-position').hidden = !positions;
    byId('more').hidden = state.rows >= passed.length;
    const all = isFiltered(state) ? passed.length : state.total;
    byId('more-count').textContent = whole(shown.length) + ' of ' + whole(all) + ' edges';
  }

  /** The ends of the score's interval; none where it is unknown. */
  function endsOf({ interval: { low, high } }) {
    return low === null || high === null ? [] : [low, high];
  }

  /** The interval as a line over the bar. */
  function errorLine(edge, strongest) {
    const ends = endsOf(edge);
    if (ends.length === 0) {
      return null;
    }
    const [left, right] = ends.map((end) => 50 + 50 * end / strongest);
    const line = element('i', { class: 'error' });
    line.style.left = left + '%';
    line.style.width = right - left + '%';
    return line;
  }

  function row(state, edge, last, strongest, positions) {
    const bar = element('i', { class: edge.score < 0 ? 'hurt' : 'help' });
    bar.style.width = 50 * Math.min(1, Math.abs(edge.score) / strongest) + '%';
    return element('tr', { class: [edge.rank > state.size ? 'out' : '', last ? 'limit' : ''].join(' ').trim() || null },
      element('td', { class: 'num' }, whole(edge.rank)),
      element('td', { class: 'edge' }, element('span', {}, edge.source), element('wbr'),
        element('span', {}, element('span', { class: 'arrow' }, '->'), edge.destination,
          element('span', { class: 'read' }, edgeSuffix(edge)))),
      positions ? element('td', { class: 'position' }, positionName(state, edge.position)) : null,
      element('td', { class: 'bar-cell', title: 'Score' + between(edge.interval, 4) },
        element('span', { class: 'bar', 'aria-hidden': 'true' }, bar, errorLine(edge, strongest))),
      element('td', { class: 'num' }, signed(edge.score), element('span', { class: 'unseen' }, between(edge.interval, 4))));
  }

  function startEdges() {
    byId('more-edges').addEventListener('click', () => {
      const state = current();
      state.rows += state.rows < 4 * ROWS_AT_ONCE ? ROWS_AT_ONCE : 10 * ROWS_AT_ONCE;
      showEdges(state);
    });
  }

  return { showEdges, startEdges };
})();
