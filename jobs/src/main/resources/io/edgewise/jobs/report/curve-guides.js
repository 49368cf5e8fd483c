/** The straight lines behind and over the curve: round sizes, the whole model, the sizes chosen and shown. */
edgewise.curveGuides = (function () {
  'use strict';

  const { count, whole } = edgewise.numbers;
  const { logPlace, ticks } = edgewise.scale;

  function guides(state, view) {
    return [lines(1, roundSizes(view)), lines(4, [...references(state, view), ...circuitSizes(state, view)])];
  }

  function lines(z, data) {
    return {
      type: 'line', data: [], silent: true, z,
      markLine: { silent: true, symbol: 'none', precision: 12, animation: false, data, emphasis: { disabled: true } },
    };
  }

  function roundSizes({ color, largest, plot, text }) {
    return ticks(largest, plot).map((size) => ({
      xAxis: logPlace(size),
      lineStyle: { color: color('line'), width: 1, type: 'solid' },
      label: { ...text, show: true, position: 'start', distance: 8, formatter: () => whole(size) },
    }));
  }

  function references(state, { color, narrow, text }) {
    const all = { faithfulness: 1, answer_diff_percent: 100 }[state.metric];
    if (all === undefined) {
      return [];
    }
    const reference = (value, label) => ({
      yAxis: value,
      lineStyle: { color: color('strong-line'), width: 1, type: [4, 4] },
      label: {
        ...text, show: true, position: 'insideStartTop', distance: [6, 6], formatter: () => label,
      },
    });
    const unit = all === 100 ? '%' : '';
    return [reference(all, all + unit + (narrow ? '' : ': the whole model')), reference(0.9 * all, 0.9 * all + unit)];
  }

  /** The sizes that are shown, of one circuit or of several that are compared. */
  function circuitSizes(state, { color, largest, plot, text }) {
    const place = (size) => logPlace(size) / logPlace(largest) * plot;
    const sizeLine = (size, label, paint, type) => ({
      xAxis: logPlace(size),
      lineStyle: { color: paint, width: 1.5, type },
      label: {
        ...text, show: label !== '', position: 'end', distance: 17, color: paint, fontWeight: 600,
        align: place(size) > plot - 80 ? 'right' : place(size) < 50 ? 'left' : 'center',
        formatter: () => label,
      },
    });
    if (state.sides) {
      return state.sides.map(({ name, paint, size }, index) => {
        const made = sizeLine(size, name + ': ' + whole(size), color(paint), index ? [6, 3] : 'solid');
        return { ...made, label: { ...made.label, distance: index ? 3 : 17 } };
      });
    }
    const sizes = [];
    if (state.size !== state.chosen) {
      const near = Math.abs(place(state.size) - place(state.chosen)) < 190;
      sizes.push(sizeLine(state.chosen, near ? '' : 'chosen: ' + whole(state.chosen), color('faint'), [3, 3]));
    }
    sizes.push(sizeLine(state.size,
      (state.edges.length ? 'shown below: ' : 'chosen: ') + count(state.size, 'edge', 'edges'), color('accent'), 'solid'));
    return sizes;
  }

  return { guides };
})();
