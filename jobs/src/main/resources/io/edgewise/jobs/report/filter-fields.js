/** The fields of the filter. */
edgewise.filterFields = (function () {
  'use strict';

  const { chooseFilter, current } = edgewise.choice;
  const { byId, element } = edgewise.elements;
  const { SHARES, isFiltered, noFilter, passing } = edgewise.filter;
  const { layerOf, positionName } = edgewise.labels;
  const { count, rounded, whole } = edgewise.numbers;

  /** Fills the lists with the layers, nodes and positions of a study. */
  function fillFields(state) {
    const names = [...state.nodes.keys()];
    const layers = [...new Set(names.map(layerOf))].filter((layer) => layer !== null).sort((a, b) => a - b);
    const positions = [...new Set(state.edges.map((edge) => edge.position))].filter(Number.isInteger).sort((a, b) => a - b);
    fill('filter-from', 'the first', layers.map((layer) => [layer, whole(layer)]));
    fill('filter-to', 'the last', layers.map((layer) => [layer, whole(layer)]));
    fill('filter-node', 'All', names.map((name) => [name, name]));
    fill('filter-position', 'All', positions.map((position) => [position, positionName(state, position)]));
    byId('filter-position-field').hidden = positions.length === 0;
    byId('filter-layers').hidden = layers.length < 2;
  }

  function fill(id, any, options) {
    byId(id).replaceChildren(element('option', { value: '' }, any),
      ...options.map(([value, label]) => element('option', { value }, label)));
  }

  /** Shows what is chosen, and how many edges pass. */
  function showFilter(state) {
    const { filter } = state;
    const place = SHARES.indexOf(filter.share);
    const said = place ? rounded(100 * filter.share, 3) + '% of the strongest' : 'any';
    byId('filter-share').value = place;
    byId('filter-share').setAttribute('aria-valuetext', said);
    byId('filter-share').style.setProperty('--fill', 100 * place / (SHARES.length - 1) + '%');
    byId('filter-share-text').textContent = said;
    for (const name of ['from', 'to', 'node', 'reach', 'position']) {
      byId('filter-' + name).value = filter[name] === null ? '' : String(filter[name]);
    }
    byId('filter-reach').disabled = filter.node === '';
    byId('filter-clear').disabled = !isFiltered(state);
    byId('filter-state').textContent = isFiltered(state)
      ? whole(passing(state).length) + ' of ' + count(state.circuitOf(state).length, 'edge', 'edges') + ' shown' : '';
  }

  function numberOf(text) {
    return text === '' ? null : Number(text);
  }

  function startFilter() {
    byId('filter-share').max = SHARES.length - 1;
    byId('filter-share').addEventListener('input', (event) => chooseFilter({ share: SHARES[Number(event.target.value)] }));
    byId('filter-node').addEventListener('change', (event) => chooseFilter({ node: event.target.value }));
    byId('filter-reach').addEventListener('change', (event) => chooseFilter({ reach: event.target.value }));
    byId('filter-position').addEventListener('change', (event) => chooseFilter({ position: numberOf(event.target.value) }));
    byId('filter-from').addEventListener('change', (event) => {
      const from = numberOf(event.target.value);
      const { to } = current().filter;
      chooseFilter({ from, to: from !== null && to !== null && to < from ? from : to });
    });
    byId('filter-to').addEventListener('change', (event) => {
      const to = numberOf(event.target.value);
      const { from } = current().filter;
      chooseFilter({ to, from: from !== null && to !== null && to < from ? to : from });
    });
    byId('filter-clear').addEventListener('click', () => {
      byId('filter-summary').focus();
      chooseFilter(noFilter());
    });
  }

  return { fillFields, showFilter, startFilter };
})();
