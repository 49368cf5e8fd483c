/** The logarithmic scale of circuit sizes, in the chart and on the slider. */
edgewise.scale = (function () {
  'use strict';

  const { whole } = edgewise.numbers;

  function logPlace(size) {
    return Math.log10(size + 1);
  }

  function sizeAt(place) {
    return Math.pow(10, place) - 1;
  }

  /** Round sizes that have room for their label; the first and the last take precedence. */
  function ticks(largest, width) {
    const places = [0, largest];
    const fits = (one, other) => {
      const apart = Math.abs(logPlace(one) - logPlace(other)) / logPlace(largest) * width;
      return apart > 3.6 * (whole(one).length + whole(other).length) + 12;
    };
    for (const factors of [[1], [2, 5], [3, 7]]) {
      for (let power = 1; power <= largest; power *= 10) {
        for (const factor of factors) {
          const size = factor * power;
          if (size < largest && places.every((other) => fits(size, other))) {
            places.push(size);
          }
        }
      }
    }
    return places.sort((a, b) => a - b);
  }

  return { logPlace, sizeAt, ticks };
})();
