/** A slider over the sizes of circuits, and a field for the number, on the logarithmic scale. */
edgewise.slider = (function () {
  'use strict';

  const { count } = edgewise.numbers;
  const { logPlace, sizeAt } = edgewise.scale;

  const STEPS = 1000;

  /** The length of the slider on the logarithmic scale. */
  function lengthOf({ largest }) {
    return Math.max(logPlace(largest), 1e-9);
  }

  /** Connects a slider and a field to something with a size, a largest size, and measured sizes. */
  function startSlider(slider, number, of, choose) {
    slider.addEventListener('input', () => choose(sizeAt(Number(slider.value) / STEPS * lengthOf(of()))));
    slider.addEventListener('keydown', (event) => byKey(event, of(), choose));
    number.addEventListener('input', () => {
      if (number.value !== '' && Number.isFinite(Number(number.value))) {
        choose(Number(number.value));
      }
    });
    number.addEventListener('change', () => {
      number.value = of().size;
    });
  }

  /** Arrow keys move by one edge, Page Up and Page Down to the next measured size. */
  function byKey(event, { size, measured, largest }, choose) {
    const to = {
      ArrowRight: size + 1, ArrowUp: size + 1, ArrowLeft: size - 1, ArrowDown: size - 1,
      PageUp: measured.find((one) => one > size) ?? largest, PageDown: measured.filter((one) => one < size).pop() ?? 0,
      Home: 0, End: largest,
    }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      choose(to);
    }
  }

  function showSlider(slider, number, of) {
    const place = STEPS * logPlace(of.size) / lengthOf(of);
    slider.value = place;
    slider.style.setProperty('--fill', place / 10 + '%');
    slider.setAttribute('aria-valuetext', count(of.size, 'edge', 'edges'));
    number.max = of.largest;
    if (number.value !== String(of.size)) {
      number.value = of.size;
    }
  }

  return { lengthOf, showSlider, startSlider };
})();
