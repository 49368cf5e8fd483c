/** The map of heads and MLPs: one row per layer, coloured by the scores of their edges. */
edgewise.heat = (function () {
  'use strict';

  const { chooseFilter, current } = edgewise.choice;
  const { byId, element } = edgewise.elements;
  const { headOf, layerOf } = edgewise.labels;
  const { both, sumsOfAll, sumsOfCircuit } = edgewise.nodeSums;
  const { count, largest, signedShort, unitOf, whole } = edgewise.numbers;
  const { startPills, walk } = edgewise.pills;

  /** The width in pixels below which a cell has no room for a number. */
  const NARROWEST_LABELLED = 40;

  const SIDES = { writes: (sums) => sums.writes, reads: (sums) => sums.reads, both };
  const chosen = { edges: 'circuit', side: 'writes' };

  function showHeat(state) {
    const rows = rowsOf(state);
    byId('heat-section').hidden = rows.length === 0;
    const sums = (chosen.edges === 'all' ? sumsOfAll : sumsOfCircuit)(state);
    const ofSide = (name) => SIDES[chosen.side](sums.get(name));
    const parts = rows.flatMap(({ cells }) => cells).filter((name) => name !== null);
    const strongest = largest(parts.map((name) => ofSide(name).score));
    const columns = Math.max(0, ...rows.map(({ cells }) => cells.length));
    const unit = unitOf(strongest);
    const cellOf = (name) => (name === null ? element('td', { class: 'none' })
      : cell(name, sums.get(name), ofSide(name), strongest, unit));
    byId('heat').classList.toggle('small', byId('heat').parentElement.clientWidth < (columns + 1.5) * NARROWEST_LABELLED);
    byId('heat').style.setProperty('--columns', columns);
    byId('heat').replaceChildren(
      element('thead', {}, element('tr', {}, element('th', { scope: 'col' }, element('span', { class: 'unseen' }, 'Layer')),
        ...[...Array(columns - 1).keys()].map((head) => element('th', { scope: 'col' }, whole(head))),
        element('th', { scope: 'col', class: 'mlp' }, 'MLP'))),
      element('tbody', {}, ...rows.map(({ layer, cells }) => element('tr', {},
        element('th', { scope: 'row' }, element('span', { class: 'word' }, 'Layer '), whole(layer)), ...cells.map(cellOf)))));
    const [first] = byId('heat').querySelectorAll('td[data-node]');
    if (first) {
      first.tabIndex = 0;
    }
    byId('heat-unit').textContent = unit.name;
    byId('heat-least').textContent = unit.text(-strongest);
    byId('heat-most').textContent = unit.text(strongest);
    byId('heat-all').textContent = 'All ' + whole(state.total) + ' edges';
    byId('heat-cut').hidden = chosen.edges === 'all' || state.size <= state.edges.length;
    byId('heat-detail').textContent = 'Point at a cell, or move there with the arrow keys, to see its edges. '
      + 'Enter or a click shows only these in the circuit.';
    showTable(sums, parts);
  }

  /** The heads of each layer by number, null for those without edges, and last its MLP. */
  function rowsOf(state) {
    const names = [...state.nodes.keys()].filter((name) => headOf(name) !== null || /^MLP /.test(name));
    const heads = 1 + Math.max(-1, ...names.map((name) => headOf(name) ?? -1));
    return [...new Set(names.map(layerOf))].sort((a, b) => a - b).map((layer) => ({
      layer,
      cells: [...[...Array(heads).keys()].map((head) => 'A' + layer + '.' + head), 'MLP ' + layer]
        .map((name) => (state.nodes.has(name) ? name : null)),
    }));
  }

  function cell(name, sums, sum, strongest, unit) {
    const made = element('td', {
      'data-node': name, tabindex: -1, 'aria-label': inWords(name, sums),
      class: sum.edges === 0 ? 'none' : sum.score < 0 ? 'hurt' : 'help',
    }, sum.edges === 0 ? '\u00b7' : element('span', { class: 'number' }, unit.text(sum.score)));
    made.style.setProperty('--share', String(strongest > 0 ? Math.min(1, Math.abs(sum.score) / strongest) : 0));
    return made;
  }

  function inWords(name, { reads, writes }) {
    const said = ({ edges, score }) => count(edges, 'edge', 'edges') + (edges ? ', net ' + signedShort(score) : '');
    return name + ': out ' + said(writes) + '; in ' + said(reads);
  }

  function showTable(sums, parts) {
    const rows = parts.map((name) => [name, sums.get(name)]).filter(([, sum]) => both(sum).edges > 0)
      .sort((one, other) => Math.abs(both(other[1]).score) - Math.abs(both(one[1]).score)).slice(0, 200);
    const number = (text) => element('td', { class: 'num' }, text);
    byId('heat-rows').replaceChildren(...rows.map(([name, { reads, writes }]) => element('tr', {},
      element('th', { scope: 'row', class: 'edge' }, name), number(whole(writes.edges)), number(signedShort(writes.score)),
      number(whole(reads.edges)), number(signedShort(reads.score)))));
  }

  function startHeat() {
    const again = (name) => (value) => {
      chosen[name] = value;
      showHeat(current());
    };
    startPills(byId('heat-edges'), again('edges'));
    startPills(byId('heat-sides'), again('side'));
    const map = byId('heat');
    const tell = ({ target }) => {
      const pointed = target.closest('td[data-node]');
      if (pointed) {
        byId('heat-detail').textContent = pointed.getAttribute('aria-label') + '.';
      }
    };
    map.addEventListener('mouseover', tell);
    map.addEventListener('focusin', tell);
    const show = (pointed) => {
      byId('filter').open = true;
      chooseFilter({ node: pointed.dataset.node, reach: 'own' });
      byId('circuit-section').scrollIntoView();
      byId('filter-node').focus({ preventScroll: true });
    };
    map.addEventListener('click', ({ target }) => {
      const pointed = target.closest('td[data-node]');
      if (pointed) {
        show(pointed);
      }
    });
    walk(map, show);
  }

  return { showHeat, startHeat };
})();
