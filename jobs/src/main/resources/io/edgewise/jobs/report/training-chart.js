/** A small chart of one number against the steps of a training. */
edgewise.trainingChart = (function () {
  'use strict';

  const { chart, fonts, theme, tip, tooltip } = edgewise.charts;
  const { seriesColor, strokeOf } = edgewise.curveLegend;
  const { byId } = edgewise.elements;
  const { rounded, whole, withUnit } = edgewise.numbers;

  const CROWDED = 40;

  /**
   * Draws it. Each of its lines has a label, an index for its colour, and points with a value each, which may be null.
   */
  function drawTrainingChart(id, { name, unit, steps, lines }) {
    const color = theme();
    const text = { color: color('faint'), fontSize: 12, fontFamily: fonts() };
    const drawn = chart(id);
    drawn.resize();
    drawn.setOption({
      animation: false,
      textStyle: { fontFamily: fonts() },
      grid: { left: 54, right: 18, top: 12, bottom: 44 },
      xAxis: stepAxis(color, text, steps),
      yAxis: valueAxis(color, text, unit),
      tooltip: { ...tooltip(color), trigger: 'axis', formatter: (items) => stepTip(items, lines, unit, color) },
      series: lines.map((line) => drawnLine(line, color)),
    }, { replaceMerge: ['series'] });
    byId(id).setAttribute('aria-label', inWords(name, unit, lines));
  }

  function stepAxis(color, text, steps) {
    return {
      type: 'value', min: 0, max: steps, minInterval: 1, splitNumber: 4,
      name: 'Step', nameLocation: 'middle', nameGap: 28, nameTextStyle: text,
      axisLine: { show: true, onZero: false, lineStyle: { color: color('strong-line') } },
      axisTick: { show: false }, splitLine: { show: false },
      axisLabel: { ...text, hideOverlap: true, formatter: whole },
      axisPointer: { lineStyle: { color: color('strong-line'), type: 'solid' }, label: { show: false } },
    };
  }

  function valueAxis(color, text, unit) {
    return {
      type: 'value', splitNumber: 4,
      axisTick: { show: false },
      axisLabel: { ...text, formatter: (value) => (Math.abs(value) >= 1000 ? whole(value) : rounded(value, 4)) + (unit === '%' ? '%' : '') },
      splitLine: { lineStyle: { color: color('line') } },
    };
  }

  function drawnLine({ label, index, points }, color) {
    const paint = color(seriesColor(index));
    const { dash, symbol } = strokeOf(index);
    return {
      type: 'line', name: label, symbol, symbolSize: 6, showSymbol: points.length <= CROWDED, connectNulls: false, z: 5 + index,
      lineStyle: { color: paint, width: 1.75, type: dash.length ? dash : 'solid' },
      itemStyle: { color: paint },
      data: points.map((point) => ({ value: [point.step, point.value], point, index })),
    };
  }

  function stepTip(items, lines, unit, color) {
    const found = items.filter((item) => item.data && item.data.point);
    if (!found.length) {
      return '';
    }
    const { step, epoch } = found[0].data.point;
    return tip('Step ' + whole(step), [['Epoch', whole(epoch)], ...found.map(({ data: { point, index } }) =>
      [lines.find((line) => line.index === index).label, withUnit(point.value, unit, 4), color(seriesColor(index))])]);
  }

  function inWords(name, unit, lines) {
    const said = lines.map(({ label, points }) => {
      const ends = [points[0], points[points.length - 1]].map(({ step, value }) =>
        withUnit(value, unit, 4) + ' at step ' + whole(step));
      return label + ': from ' + ends.join(' to ');
    });
    return 'Line chart. ' + name + ' against the steps of the training. ' + said.join('; ') + '.';
  }

  return { drawTrainingChart };
})();
