/** The controls that choose the size of each of two circuits. */
edgewise.compareSizes = (function () {
  'use strict';

  const { current, redrawAll } = edgewise.choice;
  const { swatch } = edgewise.compareHeads;
  const { byId, element } = edgewise.elements;
  const { whole } = edgewise.numbers;
  const { showSlider, startSlider } = edgewise.slider;

  function startSizes(state) {
    byId('sizes').replaceChildren(...state.sides.map((side, index) => {
      const number = element('input',
        { type: 'number', id: 'size-' + index, min: 0, step: 1, inputmode: 'numeric' });
      const slider = element('input',
        { type: 'range', id: 'slider-' + index, min: 0, max: 1000, step: 1, 'aria-label': 'Edges of ' + side.name });
      const back = element('button', { type: 'button', class: 'reset', id: 'back-' + index }, 'Back to ' + whole(side.chosen));
      startSlider(slider, number, () => current().sides[index], (size) => choose(index, size));
      back.addEventListener('click', () => choose(index, side.chosen));
      return element('div', { class: 'controls' },
        element('div', { class: 'size' }, element('label', { for: 'size-' + index }, swatch(side.paint), side.name),
          element('div', { class: 'stepper' }, number)),
        element('div', { class: 'slide' }, slider), back);
    }));
  }

  function choose(index, size) {
    const side = current().sides[index];
    const next = Math.max(0, Math.min(Math.round(size), side.largest));
    if (next !== side.size) {
      side.size = next;
      redrawAll();
    }
  }

  function showSizes(state) {
    state.sides.forEach((side, index) => {
      showSlider(byId('slider-' + index), byId('size-' + index), side);
      byId('back-' + index).disabled = side.size === side.chosen;
    });
  }

  return { showSizes, startSizes };
})();
