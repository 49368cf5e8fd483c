/** The chart of a metric against the number of edges, and its clicks. */
edgewise.curve = (function () {
  'use strict';

  const { chart, fonts, theme, tip, tooltip } = edgewise.charts;
  const { chooseSize, current } = edgewise.choice;
  const { bands } = edgewise.curveBand;
  const { controls } = edgewise.curveControls;
  const { guides } = edgewise.curveGuides;
  const { seriesColor, strokeOf } = edgewise.curveLegend;
  const { byId } = edgewise.elements;
  const { metricOf } = edgewise.labels;
  const { between, count, rounded, whole, withUnit } = edgewise.numbers;
  const { logPlace } = edgewise.scale;
  const { pointsOf } = edgewise.study;

  function drawCurve(state) {
    if (state.metric === undefined) {
      return;
    }
    const box = byId('curve');
    const view = viewOf(state, box.clientWidth);
    const drawn = chart('curve', clicks);
    drawn.resize();
    drawn.setOption({
      animation: false,
      textStyle: { fontFamily: fonts() },
      grid: view.grid,
      xAxis: sizeAxis(view),
      yAxis: valueAxis(view),
      tooltip: { ...tooltip(view.color), trigger: 'axis', formatter: (items) => curveTip(state, view, items) },
      series: [...state.series.map((series, index) => line(state, view, series, index)), ...bands(state, view),
        ...controls(state, view), ...guides(state, view)],
    }, { replaceMerge: ['series'] });
    box.setAttribute('aria-label', inWords(state, view.metric));
  }

  /** The settings that all parts of the chart share. */
  function viewOf(state, width) {
    const color = theme();
    const narrow = width < 560;
    const grid = { left: narrow ? 44 : 56, right: narrow ? 24 : 28, top: 40, bottom: 54 };
    return {
      color, narrow, grid,
      metric: metricOf(state.metric),
      largest: Math.max(1, state.total),
      plot: Math.max(50, width - grid.left - grid.right),
      text: { color: color('faint'), fontSize: 12, fontFamily: fonts() },
    };
  }

  function sizeAxis({ color, largest, text }) {
    return {
      type: 'value', min: 0, max: logPlace(largest) + 1e-6,
      name: 'Edges in the circuit, logarithmic', nameLocation: 'middle', nameGap: 34, nameTextStyle: text,
      axisLine: { show: true, lineStyle: { color: color('strong-line') } },
      axisTick: { show: false }, axisLabel: { show: false }, splitLine: { show: false },
      axisPointer: { lineStyle: { color: color('strong-line'), type: 'solid' }, label: { show: false } },
    };
  }

  function valueAxis({ color, metric, text }) {
    const percent = metric.unit === '%';
    return {
      type: 'value',
      name: percent ? '' : metric.unit, nameTextStyle: { ...text, align: 'right' }, nameGap: 14,
      min: percent ? (range) => Math.min(0, Math.floor(range.min / 10) * 10) : null,
      max: percent ? (range) => Math.max(100, Math.ceil(range.max / 20) * 20) : null,
      splitNumber: 5,
      axisTick: { show: false },
      axisLabel: {
        ...text,
        formatter: (value) => (percent && value % 10 !== 0 ? '' : rounded(value, 6) + (percent ? '%' : '')),
      },
      splitLine: { lineStyle: { color: color('line') } },
    };
  }

  function line(state, { color }, series, index) {
    const stroke = strokeOf(index);
    const paint = color(seriesColor(index));
    const points = pointsOf(state, series, state.metric);
    // Where there are many points, their rims would hide the line.
    const crowded = points.length > 60;
    return {
      type: 'line',
      name: series.label,
      symbol: stroke.symbol,
      symbolSize: crowded ? 4 : 8,
      connectNulls: false,
      z: 5,
      lineStyle: { color: paint, width: 2.25, type: stroke.dash.length ? stroke.dash : 'solid' },
      itemStyle: { color: paint, borderColor: color('surface'), borderWidth: crowded ? 0 : 1.5 },
      emphasis: { scale: 1.5 },
      data: points.map((point) => ({
        value: [logPlace(point.achievedEdges), point.value],
        symbolSize: point.achievedEdges === state.size ? 13 : crowded ? 4 : 8,
        point,
        index,
      })),
    };
  }

  function curveTip(state, { color, metric }, items) {
    const found = items.filter((item) => item.data && item.data.point);
    if (!found.length) {
      return '';
    }
    const first = found[0].data.point;
    const same = found.every((item) => item.data.point.requestedEdges === first.requestedEdges);
    const rows = found.map((item) => {
      const { point, index } = item.data;
      const label = state.series[index].label + (same ? '' : ' (' + whole(point.requestedEdges) + ' requested)');
      return [label, withUnit(point.value, metric.unit, 6) + between(point.interval, 4), color(seriesColor(index))];
    });
    const asked = same ? [['Requested', whole(first.requestedEdges)], ['Achieved', whole(first.achievedEdges)]] : [];
    return tip(count(first.achievedEdges, 'edge', 'edges'), [...asked, ...rows],
      !state.edges.length || !state.measured.length ? '' : first.achievedEdges === state.size ? 'Shown below.' : 'Click to show this circuit.');
  }

  function inWords(state, metric) {
    const said = state.series.map((series) => {
      const points = pointsOf(state, series, state.metric).filter((point) => point.value !== null);
      if (!points.length) {
        return series.label + ': not measured';
      }
      const ends = [points[0], points[points.length - 1]].map((point) =>
        withUnit(point.value, metric.unit, 4) + between(point.interval, 3) + ' at ' + count(point.achievedEdges, 'edge', 'edges'));
      return series.label + ': from ' + ends.join(' to ');
    });
    return 'Line chart. ' + metric.label + ' against the number of edges. ' + said.join('; ') + '.';
  }

  /** A click anywhere in the chart chooses the nearest measured size. */
  function clicks(drawn) {
    const surface = drawn.getZr();
    const nearest = (event) => {
      const { edges, measured } = current();
      if (!edges.length || !measured.length || !drawn.containPixel('grid', [event.offsetX, event.offsetY])) {
        return null;
      }
      const place = drawn.convertFromPixel({ xAxisIndex: 0 }, event.offsetX);
      return measured.reduce((best, size) =>
        Math.abs(logPlace(size) - place) < Math.abs(logPlace(best) - place) ? size : best);
    };
    surface.on('click', (event) => {
      const size = nearest(event);
      if (size !== null) {
        chooseSize(size);
      }
    });
    surface.on('mousemove', (event) => {
      if (nearest(event) !== null) {
        surface.setCursorStyle('pointer');
      }
    });
  }

  return { drawCurve };
})();
