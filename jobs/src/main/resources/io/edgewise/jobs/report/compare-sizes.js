/** The controls that choose the size of each of two circuits. */
edgewise.compareSizes = (function () {
  'use strict';

  const { current, redrawAll } = edgewise.choice;
  const { swatch } = edgewise.compareHeads;
  const { byId, element } = edgewise.elements;
  const { count, whole } = edgewise.numbers;
  const { logPlace, sizeAt } = edgewise.scale;

  const STEPS = 1000;

  function startSizes(state) {
    byId('sizes').replaceChildren(...state.sides.map((side, index) => {
      const number = element('input',
        { type: 'number', id: 'size-' + index, min: 0, max: side.largest, step: 1, inputmode: 'numeric' });
      const slider = element('input',
        { type: 'range', id: 'slider-' + index, min: 0, max: STEPS, step: 1, 'aria-label': 'Edges of ' + side.name });
      const back = element('button', { type: 'button', class: 'reset', id: 'back-' + index }, 'Back to ' + whole(side.chosen));
      number.addEventListener('input', () => number.value !== '' && choose(index, Number(number.value)));
      number.addEventListener('change', () => {
        number.value = current().sides[index].size;
      });
      slider.addEventListener('input', () => choose(index, sizeAt(Number(slider.value) / STEPS * logPlace(side.largest))));
      slider.addEventListener('keydown', (event) => byKey(event, index));
      back.addEventListener('click', () => choose(index, side.chosen));
      return element('div', { class: 'controls' },
        element('div', { class: 'size' }, element('label', { for: 'size-' + index }, swatch(side.paint), side.name),
          element('div', { class: 'stepper' }, number)),
        element('div', { class: 'slide' }, slider), back);
    }));
  }

  /** Arrow keys go by one edge, Page Up and Page Down to the next measured size. */
  function byKey(event, index) {
    const { size, measured, largest } = current().sides[index];
    const to = {
      ArrowRight: size + 1, ArrowUp: size + 1, ArrowLeft: size - 1, ArrowDown: size - 1,
      PageUp: measured.find((one) => one > size) ?? largest, PageDown: measured.filter((one) => one < size).pop() ?? 0,
      Home: 0, End: largest,
    }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      choose(index, to);
    }
  }

  function choose(index, size) {
    const side = current().sides[index];
    const next = Math.max(0, Math.min(Math.round(size) || 0, side.largest));
    if (next !== side.size) {
      side.size = next;
      redrawAll();
    }
  }

  function showSizes(state) {
    state.sides.forEach(({ size, chosen, largest }, index) => {
      const place = STEPS * logPlace(size) / Math.max(logPlace(largest), 1e-9);
      const slider = byId('slider-' + index);
      slider.value = place;
      slider.style.setProperty('--fill', place / 10 + '%');
      slider.setAttribute('aria-valuetext', count(size, 'edge', 'edges'));
      if (byId('size-' + index).value !== String(size)) {
        byId('size-' + index).value = size;
      }
      byId('back-' + index).disabled = size === chosen;
    });
  }

  return { showSizes, startSizes };
})();
