/** The controls that choose the size of the circuit: a number, two buttons, a slider, and the ways back. */
edgewise.size = (function () {
  'use strict';

  const { chooseFilter, chooseSize, current } = edgewise.choice;
  const { byId, element } = edgewise.elements;
  const { noFilter } = edgewise.filter;
  const { count, whole } = edgewise.numbers;
  const { logPlace, sizeAt, ticks } = edgewise.scale;

  const SLIDER_STEPS = 1000;

  function showSize(state) {
    const { size, chosen, largest } = state;
    const slider = byId('size-slider');
    const place = SLIDER_STEPS * logPlace(size) / lengthOf(state);
    slider.value = place;
    slider.style.setProperty('--fill', place / 10 + '%');
    slider.setAttribute('aria-valuetext', count(size, 'edge', 'edges'));
    const number = byId('size-number');
    number.max = largest;
    if (number.value !== String(size)) {
      number.value = size;
    }
    byId('size-less').disabled = size <= 0;
    byId('size-more').disabled = size >= largest;
    byId('size-reset').textContent = 'Back to ' + whole(chosen);
    byId('size-reset').disabled = size === chosen;
    byId('empty-reset').textContent = size === 0
      ? 'Show ' + count(chosen || Math.min(10, largest), 'edge', 'edges') : 'Clear the filter';
  }

  /** How long the slider is on the logarithmic scale. */
  function lengthOf(state) {
    return Math.max(logPlace(state.largest), 1e-9);
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
    startSlider(byId('size-slider'));
    startNumber(byId('size-number'));
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

  function startSlider(slider) {
    slider.addEventListener('input', () =>
      chooseSize(sizeAt(Number(slider.value) / SLIDER_STEPS * lengthOf(current()))));
    slider.addEventListener('keydown', (event) => {
      const { size, measured, largest } = current();
      const below = measured.filter((one) => one < size);
      const above = measured.filter((one) => one > size);
      const to = {
        ArrowRight: size + 1, ArrowUp: size + 1, ArrowLeft: size - 1, ArrowDown: size - 1,
        PageUp: above.length ? above[0] : largest, PageDown: below.length ? below[below.length - 1] : 0,
        Home: 0, End: largest,
      }[event.key];
      if (to !== undefined) {
        event.preventDefault();
        chooseSize(to);
      }
    });
  }

  function startNumber(number) {
    number.addEventListener('input', () => {
      if (number.value !== '' && Number.isFinite(Number(number.value))) {
        chooseSize(Number(number.value));
      }
    });
    number.addEventListener('change', () => {
      number.value = current().size;
    });
  }

  return { showMarks, showSize, startSize };
})();
