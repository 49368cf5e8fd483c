/** The controls that choose the size of the circuit: a number, two buttons, a slider, and buttons to reset it. */
edgewise.size = (function () {
  'use strict';

  const { chooseFilter, chooseSize, current } = edgewise.choice;
  const { byId, element } = edgewise.elements;
  const { noFilter } = edgewise.filter;
  const { count, whole } = edgewise.numbers;
  const { logPlace, ticks } = edgewise.scale;
  const { lengthOf, showSlider, startSlider } = edgewise.slider;

  function showSize(state) {
    const { size, chosen, largest } = state;
    showSlider(byId('size-slider'), byId('size-number'), state);
    byId('size-less').disabled = size <= 0;
    byId('size-more').disabled = size >= largest;
    byId('size-reset').textContent = 'Back to ' + whole(chosen);
    byId('size-reset').disabled = size === chosen;
    byId('empty-reset').textContent = size === 0
      ? 'Show ' + count(chosen || Math.min(10, largest), 'edge', 'edges') : 'Clear the filter';
  }

  /** Marks the measured sizes on the slider, and labels round ones. */
  function showMarks(state) {
    const box = byId('size-marks');
    const width = Math.max(100, box.clientWidth || 280);
    const labels = ticks(Math.max(1, state.largest), width).filter((size) => size <= state.largest);
    const at = (made, size) => {
      made.style.left = 100 * logPlace(size) / lengthOf(state) + '%';
      return made;
    };
    box.replaceChildren(
      ...state.measured.map((size) => at(element('i'), size)),
      ...labels.map((size) => at(element('span', {}, whole(size)), size)));
  }

  function startSize() {
    startSlider(byId('size-slider'), byId('size-number'), current, chooseSize);
    byId('size-less').addEventListener('click', () => chooseSize(current().size - 1));
    byId('size-more').addEventListener('click', () => chooseSize(current().size + 1));
    byId('size-reset').addEventListener('click', () => chooseSize(current().chosen));
    byId('empty-reset').addEventListener('click', () => {
      if (current().size === 0) {
        chooseSize(current().chosen || 10);
      } else {
        chooseFilter(noFilter());
      }
      byId('size-number').focus();
    });
  }

  return { showMarks, showSize, startSize };
})();
