(function () {
  'use strict';

  const DRAW_LIMIT = 400;
  const ROWS_AT_ONCE = 30;
  const REJECTED_ROWS = 200;

  const METRICS = {
    answer_diff_percent: {
      label: 'Answer difference kept',
      unit: '%',
      note: 'The circuit’s answer difference (the logit of the right answers less that of the wrong ones) as a percentage of the whole model’s.',
    },
    answer_diff: {
      label: 'Answer difference',
      unit: 'logits',
      note: 'The mean logit of the right answers less the mean logit of the wrong ones.',
    },
    kl_div_clean: {
      label: 'KL divergence',
      unit: 'nats',
      note: 'How far the circuit’s next-token distribution is from the whole model’s on the clean prompts. Lower is closer.',
    },
    kl_div_corrupt: {
      label: 'KL divergence, corrupt',
      unit: 'nats',
      note: 'How far the circuit’s next-token distribution is from the whole model’s on the corrupt prompts.',
    },
    correct_answer_percent: {
      label: 'Correct answers',
      unit: '%',
      note: 'The share of prompts whose most likely next token is a right answer.',
    },
  };

  const PATCHES = {
    TREE_PATCH: 'runs the clean prompts; every edge outside the circuit is patched with the corrupt signal.',
    EDGE_PATCH: 'runs the corrupt prompts; the edges of the circuit are patched with the clean signal.',
  };

  const STROKES = [
    { dash: [], symbol: 'circle' },
    { dash: [7, 4], symbol: 'rect' },
    { dash: [2, 4], symbol: 'triangle' },
    { dash: [10, 4, 2, 4], symbol: 'diamond' },
    { dash: [4, 2], symbol: 'roundRect' },
  ];

  const data = JSON.parse(byId('report-data').textContent);
  const darkMode = window.matchMedia('(prefers-color-scheme: dark)');
  const charts = {};
  let current = null;
  let frame = 0;

  // Small things

  function byId(id) {
    return document.getElementById(id);
  }

  /** An element with attributes and children; strings become text, never markup. */
  function element(tag, attributes, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (value !== undefined && value !== null && value !== false) {
        made.setAttribute(name, value === true ? '' : String(value));
      }
    }
    made.append(...children.filter((child) => child !== null && child !== undefined));
    return made;
  }

  function drawing(tag, attributes, ...children) {
    const made = document.createElementNS('http://www.w3.org/2000/svg', tag);
    for (const [name, value] of Object.entries(attributes)) {
      made.setAttribute(name, String(value));
    }
    made.append(...children);
    return made;
  }

  function count(number, one, many) {
    return whole(number) + ' ' + (number === 1 ? one : many);
  }

  function whole(number) {
    return number.toLocaleString('en-US');
  }

  function rounded(value, digits) {
    return String(Number(value.toPrecision(digits))).replace('-', '\u2212');
  }

  function signed(score) {
    const digits = Math.abs(score).toPrecision(6);
    return (score < 0 ? '\u2212' : score > 0 ? '+' : '') + digits;
  }

  function withUnit(value, unit, digits) {
    if (value === null) {
      return 'not measured';
    }
    return rounded(value, digits) + (unit === '%' ? '%' : unit ? '\u00a0' + unit : '');
  }

  function human(name) {
    const words = name.replace(/[_-]+/g, ' ').trim().toLowerCase();
    return words ? words[0].toUpperCase() + words.slice(1) : 'Unnamed';
  }

  function metricOf(name) {
    if (Object.hasOwn(METRICS, name)) {
      return METRICS[name];
    }
    const percent = /(^|_)percent$/i.test(name);
    return { label: human(name.replace(/_percent$/i, '')), unit: percent ? '%' : '', note: '' };
  }

  function edgeName(edge) {
    return edge.source + '->' + edge.destination + (edge.input ? '.' + edge.input : '');
  }

  function logPlace(size) {
    return Math.log10(size + 1);
  }

  function theme() {
    const style = getComputedStyle(document.documentElement);
    return (name) => style.getPropertyValue('--' + name).trim();
  }

  function fonts() {
    return getComputedStyle(document.body).fontFamily;
  }

  /** Arrow keys walk through a group of buttons, of which one is chosen. */
  function roving(group, choose) {
    group.addEventListener('keydown', (event) => {
      const buttons = [...group.children];
      const from = buttons.indexOf(document.activeElement);
      const to = {
        ArrowRight: from + 1, ArrowDown: from + 1, ArrowLeft: from - 1, ArrowUp: from - 1, Home: 0, End: buttons.length - 1,
      }[event.key];
      if (to === undefined || from < 0) {
        return;
      }
      event.preventDefault();
      const index = (to + buttons.length) % buttons.length;
      choose(index);
      group.children[index].focus();
    });
  }

  function chart(id) {
    if (!charts[id]) {
      charts[id] = echarts.init(byId(id), null, { renderer: 'svg' });
      if (id === 'curve') {
        curveClicks(charts[id]);
      }
    }
    return charts[id];
  }

  function tooltip(color) {
    return {
      className: 'tip',
      confine: true,
      transitionDuration: 0,
      backgroundColor: color('surface'),
      borderColor: color('strong-line'),
      borderWidth: 1,
      padding: [9, 12],
      textStyle: { color: color('ink'), fontFamily: fonts(), fontSize: 14 },
      extraCssText: 'border-radius: 8px; box-shadow: 0 8px 24px rgb(0 0 0 / 16%);',
    };
  }

  function tip(title, rows, after, named) {
    const list = element('dl');
    for (const [label, value, swatch] of rows) {
      const mark = swatch ? element('i') : null;
      if (mark) {
        mark.style.background = swatch;
      }
      list.append(element('dt', {}, mark, label), element('dd', {}, value));
    }
    return element('div', {}, element('h4', { class: named ? 'name' : null }, title), list,
      after ? element('p', { class: 'after' }, after) : null);
  }

  // The studies

  /** What the page needs of a study over and over, and what is chosen in it. */
  function prepare(study) {
    const edges = [...study.edges].sort((a, b) => a.rank - b.rank);
    const nodes = new Map();
    for (const node of study.nodes) {
      nodes.set(node.name, node);
    }
    const metrics = [...new Set(study.curve.map((point) => point.metric))];
    const ablations = new Set(study.curve.map((point) => point.ablationType));
    const series = [];
    for (const point of study.curve) {
      if (!series.some((one) => one.patch === point.patchType && one.ablation === point.ablationType)) {
        series.push({
          patch: point.patchType,
          ablation: point.ablationType,
          label: human(point.patchType) + (ablations.size > 1 ? ', ' + human(point.ablationType).toLowerCase() : ''),
        });
      }
    }
    const measured = [...new Set(study.curve.map((point) => point.achievedEdges))].sort((a, b) => a - b);
    const largest = Math.max(edges.length, measured.length ? measured[measured.length - 1] : 0);
    const known = Object.keys(METRICS);
    const place = (name) => (known.includes(name) ? known.indexOf(name) : known.length);
    metrics.sort((a, b) => place(a) - place(b));
    const chosen = Math.max(0, Math.min(study.chosenEdges, largest));
    return {
      study, edges, nodes, metrics, series, measured, largest, chosen,
      total: Math.max(study.edgeCount, largest),
      size: chosen,
      metric: metrics[0],
      rows: ROWS_AT_ONCE,
    };
  }

  function pointsOf(state, series, metric) {
    return state.study.curve
      .filter((point) => point.metric === metric && point.patchType === series.patch && point.ablationType === series.ablation)
      .sort((a, b) => a.achievedEdges - b.achievedEdges);
  }

  function parts(state, edges) {
    const names = new Set(edges.flatMap((edge) => [edge.source, edge.destination]));
    return [...names].filter((name) => state.nodes.has(name) && state.nodes.get(name).kind !== 'resid').length;
  }

  function showStudy(state) {
    current = state;
    const { study } = state;
    byId('study-name').textContent = study.name;
    headline(study.headline);
    stats(state);
    metricPills(state);
    patchNotes(state);
    marks(state);
    curveTable(state);
    factList(study.facts);
    rejections(study.rejected);
    byId('curve-section').hidden = state.metrics.length === 0;
    byId('circuit-section').hidden = state.edges.length === 0;
    byId('curve-hint').hidden = state.edges.length === 0;
    byId('edges-section').hidden = state.edges.length === 0;
    byId('size-number').max = state.largest;
    showMetric();
    showSize();
  }

  function headline(text) {
    const parts = text.split(/(\s+)/).map((word) => {
      const figure = /^(\d[\d.,]*%?)([.,;:]?)$/.exec(word.replace(/[.,]$/, ''));
      if (!figure) {
        return word;
      }
      const end = word.slice(figure[0].length);
      const span = element('span', { class: 'figure' }, figure[0]);
      return end ? element('span', {}, span, end) : span;
    });
    byId('headline').replaceChildren(...parts);
  }

  function stats(state) {
    const circuit = state.edges.slice(0, state.chosen);
    const hurts = circuit.filter((edge) => edge.score < 0).length;
    const all = [...state.nodes.values()].filter((node) => node.kind !== 'resid').length;
    const rows = [];
    rows.push(['Edges in the circuit', whole(state.chosen),
      ' of ' + whole(state.total) + (state.total ? ' (' + rounded(100 * state.chosen / state.total, 2) + '%)' : '')]);
    const best = state.metrics[0];
    if (best !== undefined) {
      for (const series of state.series.slice(0, 2)) {
        const point = pointsOf(state, series, best).find((one) => one.achievedEdges === state.chosen);
        if (point && point.value !== null) {
          const { label, unit } = metricOf(best);
          rows.push([label, rounded(point.value, 3) + (unit === '%' ? '%' : ''),
            (unit === '%' ? '' : ' ' + unit) + (state.series.length > 1 ? ' ' + series.label.toLowerCase() : '')]);
        }
      }
    }
    if (circuit.length) {
      rows.push(['Heads and MLPs in it', whole(parts(state, circuit)), ' of ' + whole(all)]);
      rows.push(['Edges that help', whole(circuit.length - hurts), ' and ' + whole(hurts) + ' that hurt']);
    }
    byId('stats').replaceChildren(...rows.map(([label, figure, rest]) =>
      element('div', {}, element('dt', {}, label), element('dd', {}, figure, element('small', {}, rest)))));
  }

  // The curve

  function metricPills(state) {
    byId('metrics').replaceChildren(...state.metrics.map((name) => {
      const button = element('button', { type: 'button', role: 'radio' }, metricOf(name).label);
      button.addEventListener('click', () => {
        state.metric = name;
        showMetric();
      });
      return button;
    }));
  }

  function showMetric() {
    const state = current;
    if (state.metric === undefined) {
      return;
    }
    [...byId('metrics').children].forEach((button, index) => {
      const on = state.metrics[index] === state.metric;
      button.setAttribute('aria-checked', String(on));
      button.tabIndex = on ? 0 : -1;
    });
    byId('metric-note').textContent = metricOf(state.metric).note;
    curveLegend(state);
    drawCurve();
  }

  function strokeOf(index) {
    return STROKES[index % STROKES.length];
  }

  function seriesColor(index) {
    return 'series-' + (index % 5 + 1);
  }

  function curveLegend(state) {
    const symbols = {
      circle: () => drawing('circle', { cx: 17, cy: 7, r: 4 }),
      rect: () => drawing('rect', { x: 13, y: 3, width: 8, height: 8 }),
      roundRect: () => drawing('rect', { x: 13, y: 3, width: 8, height: 8, rx: 2 }),
      triangle: () => drawing('path', { d: 'M17 2.5l4.5 8h-9z' }),
      diamond: () => drawing('path', { d: 'M17 2l5 5-5 5-5-5z' }),
    };
    byId('curve-legend').replaceChildren(...state.series.map((series, index) => {
      const stroke = strokeOf(index);
      const color = 'var(--' + seriesColor(index) + ')';
      const line = drawing('path', { d: 'M0 7H34', fill: 'none', 'stroke-width': 2, 'stroke-dasharray': stroke.dash.join(' ') });
      line.style.stroke = color;
      const symbol = symbols[stroke.symbol]();
      symbol.style.fill = color;
      return element('li', {},
        drawing('svg', { width: 34, height: 14, viewBox: '0 0 34 14', 'aria-hidden': 'true' }, line, symbol), series.label);
    }));
  }

  function patchNotes(state) {
    const known = [...new Set(state.series.map((series) => series.patch))].filter((patch) => Object.hasOwn(PATCHES, patch));
    byId('patch-notes').replaceChildren(...known.map((patch) =>
      element('li', {}, element('b', {}, human(patch)), ' ' + PATCHES[patch])));
  }

  /** Round sizes that have room for their label; the first and the last come before all others. */
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

  function drawCurve() {
    const state = current;
    if (!state || state.metric === undefined) {
      return;
    }
    const color = theme();
    const metric = metricOf(state.metric);
    const box = byId('curve');
    const narrow = box.clientWidth < 560;
    const largest = Math.max(1, state.total);
    const grid = { left: narrow ? 44 : 56, right: narrow ? 16 : 28, top: 40, bottom: 54 };
    const text = { color: color('faint'), fontSize: 12, fontFamily: fonts() };
    const lines = ticks(largest, Math.max(50, box.clientWidth - grid.left - grid.right)).map((size) => ({
      xAxis: logPlace(size),
      lineStyle: { color: color('line'), width: 1, type: 'solid' },
      label: { ...text, show: true, position: 'start', distance: 8, formatter: () => whole(size) },
    }));
    const marked = [];
    if (state.metric === 'answer_diff_percent') {
      marked.push(reference(100, narrow ? '100%' : '100%: the whole model'), reference(90, '90%'));
    }
    const plot = Math.max(50, box.clientWidth - grid.left - grid.right);
    const sizeLine = (size, label, paint, type) => ({
      xAxis: logPlace(size),
      lineStyle: { color: paint, width: 1.5, type },
      label: {
        ...text, show: label !== '', position: 'end', distance: 17, color: paint, fontWeight: 600,
        align: place(size) > plot - 80 ? 'right' : place(size) < 50 ? 'left' : 'center',
        formatter: () => label,
      },
    });
    const place = (size) => logPlace(size) / logPlace(largest) * plot;
    if (state.size !== state.chosen) {
      const near = Math.abs(place(state.size) - place(state.chosen)) < 190;
      marked.push(sizeLine(state.chosen, near ? '' : 'chosen: ' + whole(state.chosen), color('faint'), [3, 3]));
    }
    marked.push(sizeLine(state.size,
      (state.edges.length ? 'shown below: ' : 'chosen: ') + count(state.size, 'edge', 'edges'), color('accent'), 'solid'));

    function reference(value, label) {
      return {
        yAxis: value,
        lineStyle: { color: color('strong-line'), width: 1, type: [4, 4] },
        label: {
          ...text, show: true, position: 'insideStartTop', distance: [6, 3], formatter: () => label,
        },
      };
    }

    const percent = metric.unit === '%';
    const series = state.series.map((one, index) => {
      const stroke = strokeOf(index);
      const paint = color(seriesColor(index));
      const points = pointsOf(state, one, state.metric);
      // Many points stand so close that rims would hide the line.
      const crowded = points.length > 60;
      return {
        type: 'line',
        name: one.label,
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
    });
    const guides = (z, data) => ({
      type: 'line', data: [], silent: true, z,
      markLine: { silent: true, symbol: 'none', precision: 12, animation: false, data, emphasis: { disabled: true } },
    });

    const drawn = chart('curve');
    drawn.resize();
    drawn.setOption({
      animation: false,
      textStyle: { fontFamily: fonts() },
      grid,
      xAxis: {
        type: 'value', min: 0, max: logPlace(largest) + 1e-6,
        name: 'Edges in the circuit, logarithmic', nameLocation: 'middle', nameGap: 34, nameTextStyle: text,
        axisLine: { show: true, lineStyle: { color: color('strong-line') } },
        axisTick: { show: false }, axisLabel: { show: false }, splitLine: { show: false },
        axisPointer: { lineStyle: { color: color('strong-line'), type: 'solid' }, label: { show: false } },
      },
      yAxis: {
        type: 'value',
        name: percent || !metric.unit ? '' : metric.unit, nameTextStyle: { ...text, align: 'right' }, nameGap: 14,
        min: percent ? (range) => Math.min(0, Math.floor(range.min / 10) * 10) : null,
        max: percent ? (range) => Math.max(100, Math.ceil(range.max / 20) * 20) : null,
        splitNumber: 5,
        axisTick: { show: false },
        axisLabel: {
          ...text,
          formatter: (value) => (percent && value % 20 !== 0 ? '' : rounded(value, 6) + (percent ? '%' : '')),
        },
        splitLine: { lineStyle: { color: color('line') } },
      },
      tooltip: {
        ...tooltip(color),
        trigger: 'axis',
        formatter: (items) => curveTip(state, metric, color, Array.isArray(items) ? items : [items]),
      },
      series: [...series, guides(1, lines), guides(4, marked)],
    }, { replaceMerge: ['series'] });
    box.setAttribute('aria-label', curveInWords(state, metric));
  }

  function curveTip(state, metric, color, items) {
    const found = items.filter((item) => item.data && item.data.point);
    if (!found.length) {
      return '';
    }
    const first = found[0].data.point;
    const same = found.every((item) => item.data.point.requestedEdges === first.requestedEdges);
    const rows = found.map((item) => {
      const { point, index } = item.data;
      const label = state.series[index].label + (same ? '' : ' (' + whole(point.requestedEdges) + ' requested)');
      return [label, withUnit(point.value, metric.unit, 6), color(seriesColor(index))];
    });
    const asked = same ? [['Requested', whole(first.requestedEdges)], ['Achieved', whole(first.achievedEdges)]] : [];
    return tip(count(first.achievedEdges, 'edge', 'edges'), [...asked, ...rows],
      !state.edges.length ? '' : first.achievedEdges === state.size ? 'Shown below.' : 'Click to show this circuit.');
  }

  function curveInWords(state, metric) {
    const said = state.series.map((series) => {
      const points = pointsOf(state, series, state.metric).filter((point) => point.value !== null);
      if (!points.length) {
        return series.label + ': not measured';
      }
      const ends = [points[0], points[points.length - 1]].map((point) =>
        withUnit(point.value, metric.unit, 4) + ' at ' + count(point.achievedEdges, 'edge', 'edges'));
      return series.label + ': from ' + ends.join(' to ');
    });
    return 'Line chart. ' + metric.label + ' against the number of edges. ' + said.join('; ') + '.';
  }

  function curveClicks(drawn) {
    const zr = drawn.getZr();
    const nearest = (event) => {
      if (!current || !current.edges.length || !current.measured.length || !drawn.containPixel('grid', [event.offsetX, event.offsetY])) {
        return null;
      }
      const place = drawn.convertFromPixel({ xAxisIndex: 0 }, event.offsetX);
      return current.measured.reduce((best, size) =>
        Math.abs(logPlace(size) - place) < Math.abs(logPlace(best) - place) ? size : best);
    };
    zr.on('click', (event) => {
      const size = nearest(event);
      if (size !== null) {
        choose(size);
      }
    });
    zr.on('mousemove', (event) => {
      if (nearest(event) !== null) {
        zr.setCursorStyle('pointer');
      }
    });
  }

  function curveTable(state) {
    const rows = new Map();
    for (const point of state.study.curve) {
      const series = state.series.findIndex((one) => one.patch === point.patchType && one.ablation === point.ablationType);
      const key = [point.achievedEdges, point.requestedEdges, series].join(' ');
      if (!rows.has(key)) {
        rows.set(key, { point, series, values: new Map() });
      }
      rows.get(key).values.set(point.metric, point.value);
    }
    const sorted = [...rows.values()].sort((a, b) => a.series - b.series || a.point.achievedEdges - b.point.achievedEdges
      || a.point.requestedEdges - b.point.requestedEdges);
    const heads = ['Patching', 'Requested', 'Achieved', ...state.metrics.map((name) => {
      const { label, unit } = metricOf(name);
      return label + (unit ? ' (' + unit + ')' : '');
    })];
    byId('curve-table').replaceChildren(
      element('thead', {}, element('tr', {}, ...heads.map((head, index) =>
        element('th', { scope: 'col', class: index ? 'num' : null }, head)))),
      element('tbody', {}, ...sorted.map((row) => element('tr', {},
        element('td', {}, state.series[row.series].label),
        element('td', { class: 'num' }, whole(row.point.requestedEdges)),
        element('td', { class: 'num' }, whole(row.point.achievedEdges)),
        ...state.metrics.map((name) => {
          const value = row.values.get(name);
          return element('td', { class: 'num' }, value === undefined || value === null ? '\u2013' : rounded(value, 6));
        })))));
  }

  // The size of the circuit

  function choose(size) {
    const state = current;
    const next = Math.max(0, Math.min(Math.round(size), state.largest));
    if (next !== state.size) {
      state.size = next;
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => {
        showSize();
        drawCurve();
      });
    }
  }

  function scaleOf(state) {
    return Math.max(logPlace(state.largest), 1e-9);
  }

  function marks(state) {
    const box = byId('size-marks');
    const width = Math.max(100, box.clientWidth || 280);
    const labels = ticks(Math.max(1, state.largest), width).filter((size) => size <= state.largest);
    const at = (made, size) => {
      made.style.left = 100 * logPlace(size) / scaleOf(state) + '%';
      return made;
    };
    box.replaceChildren(
      ...state.measured.map((size) => at(element('i'), size)),
      ...labels.map((size) => at(element('span', {}, whole(size)), size)));
  }

  function showSize() {
    const state = current;
    const { size } = state;
    const slider = byId('size-slider');
    const place = 1000 * logPlace(size) / scaleOf(state);
    slider.value = place;
    slider.style.setProperty('--fill', place / 10 + '%');
    slider.setAttribute('aria-valuetext', count(size, 'edge', 'edges'));
    const number = byId('size-number');
    if (number.value !== String(size)) {
      number.value = size;
    }
    byId('size-less').disabled = size <= 0;
    byId('size-more').disabled = size >= state.largest;
    byId('size-reset').textContent = 'Back to ' + whole(state.chosen);
    byId('size-reset').disabled = size === state.chosen;
    byId('empty-reset').textContent = 'Show ' + count(state.chosen || Math.min(10, state.largest), 'edge', 'edges');
    byId('circuit-title').textContent = size === state.chosen
      ? 'The circuit of ' + count(size, 'edge', 'edges')
      : 'A circuit of ' + count(size, 'edge', 'edges');
    summary(state);
    edgeRows(state);
    drawCircuit();
  }

  function summary(state) {
    const circuit = state.edges.slice(0, state.size);
    const hurts = circuit.filter((edge) => edge.score < 0).length;
    const said = [];
    if (circuit.length && circuit.length < state.size) {
      said.push(element('strong', {}, count(state.size, 'edge', 'edges')), ', of which this page has the strongest ',
        whole(circuit.length), '. ');
    } else if (circuit.length) {
      said.push(element('strong', {}, count(state.size, 'edge', 'edges')), ' through ',
        element('strong', {}, count(parts(state, circuit), 'head or MLP', 'heads and MLPs')), ': ',
        element('span', { class: 'help-text' }, whole(circuit.length - hurts) + (circuit.length - hurts === 1 ? ' helps' : ' help')), ', ',
        element('span', { class: 'hurt-text' }, whole(hurts) + (hurts === 1 ? ' hurts' : ' hurt')), '. ');
    }
    const metric = state.metrics[0];
    if (metric !== undefined) {
      const { label, unit } = metricOf(metric);
      const values = state.series.map((series) => {
        const point = pointsOf(state, series, metric).find((one) => one.achievedEdges === state.size);
        return point && point.value !== null
          ? withUnit(point.value, unit, 4) + (state.series.length > 1 ? ' (' + series.label.toLowerCase() + ')' : '')
          : null;
      }).filter((value) => value !== null);
      if (values.length) {
        said.push(label + ': ', element('strong', {}, values.join(', ')), '.');
      } else {
        said.push('This size was not measured.');
      }
    }
    byId('summary').replaceChildren(...said);
  }

  function sizeControls() {
    const slider = byId('size-slider');
    slider.addEventListener('input', () => {
      const place = Number(slider.value) / 1000 * scaleOf(current);
      choose(Math.pow(10, place) - 1);
    });
    slider.addEventListener('keydown', (event) => {
      const { size, measured, largest } = current;
      const below = measured.filter((one) => one < size);
      const above = measured.filter((one) => one > size);
      const to = {
        ArrowRight: size + 1, ArrowUp: size + 1, ArrowLeft: size - 1, ArrowDown: size - 1,
        PageUp: above.length ? above[0] : largest, PageDown: below.length ? below[below.length - 1] : 0,
        Home: 0, End: largest,
      }[event.key];
      if (to !== undefined) {
        event.preventDefault();
        choose(to);
      }
    });
    const number = byId('size-number');
    number.addEventListener('input', () => {
      if (number.value !== '' && Number.isFinite(Number(number.value))) {
        choose(Number(number.value));
      }
    });
    number.addEventListener('change', () => {
      number.value = current.size;
    });
    byId('size-less').addEventListener('click', () => choose(current.size - 1));
    byId('size-more').addEventListener('click', () => choose(current.size + 1));
    byId('size-reset').addEventListener('click', () => choose(current.chosen));
    byId('empty-reset').addEventListener('click', () => choose(current.chosen || 10));
  }

  // The picture of the circuit

  const NODE_WIDTH = 52;
  const NODE_HEIGHT = 22;
  const THINNEST = 1.25;
  const THICKEST = 34;

  // Comes after the chart library's own layout, which lets columns sink to one side of a tall node, and stacks bands from
  // a node's top edge: puts columns, and bands on nodes, in the middle.
  echarts.registerLayout(1100, (model) => model.eachSeriesByType('sankey', (series) => {
    const columns = new Map();
    series.getGraph().eachNode((node) => {
      const { x } = node.getLayout();
      columns.set(x, [...(columns.get(x) || []), node]);
    });
    for (const nodes of columns.values()) {
      const top = Math.min(...nodes.map((node) => node.getLayout().y));
      const bottom = Math.max(...nodes.map((node) => node.getLayout().y + node.getLayout().dy));
      const shift = (series.layoutInfo.height - top - bottom) / 2;
      nodes.forEach((node) => node.setLayout({ y: node.getLayout().y + shift }, true));
    }
    const centre = (node, edges, side) => {
      const spare = node.getLayout().dy - edges.reduce((sum, edge) => sum + edge.getLayout().dy, 0);
      edges.forEach((edge) => edge.setLayout({ [side]: edge.getLayout()[side] + spare / 2 }, true));
    };
    series.getGraph().eachNode((node) => {
      centre(node, node.outEdges, 'sy');
      centre(node, node.inEdges, 'ty');
    });
    // A hair of space keeps bands between the same two nodes apart.
    series.getGraph().eachEdge((edge) => {
      const { sy, ty, dy } = edge.getLayout();
      if (dy > 4) {
        edge.setLayout({ sy: sy + 0.5, ty: ty + 0.5, dy: dy - 1 }, true);
      }
    });
  }));

  /** Which nodes and edges are drawn, in which columns, and how many pixels a score is worth. */
  function arrange(state, tallest) {
    const edges = state.edges.slice(0, Math.min(state.size, DRAW_LIMIT)).filter((edge) => {
      const from = state.nodes.get(edge.source);
      const to = state.nodes.get(edge.destination);
      return from && to && from.column < to.column;
    });
    const nodes = new Map();
    for (const edge of edges) {
      for (const name of [edge.source, edge.destination]) {
        if (!nodes.has(name)) {
          const { column, kind } = state.nodes.get(name);
          nodes.set(name, { name, column, kind, reads: [], writes: [] });
        }
      }
      nodes.get(edge.source).writes.push(edge);
      nodes.get(edge.destination).reads.push(edge);
    }
    const columns = [...new Set([...nodes.values()].map((node) => node.column))].sort((a, b) => a - b)
      .map((column) => ({
        column,
        nodes: [...nodes.values()].filter((node) => node.column === column)
          .sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true })),
      }));
    const most = Math.max(0, ...columns.map((column) => column.nodes.length));
    const gap = most > 8 ? 10 : 16;
    const strongest = Math.max(0, ...edges.map((edge) => Math.abs(edge.score)));
    const thick = (edge, scale) => Math.max(THINNEST, Math.abs(edge.score) * scale);
    const sum = (some, scale) => some.reduce((total, edge) => total + thick(edge, scale), 0);
    const tall = (node, scale) => Math.max(node.kind === 'resid' ? 2 * NODE_HEIGHT : NODE_HEIGHT,
      sum(node.reads, scale) + 4, sum(node.writes, scale) + 4);
    const height = (scale) => Math.max(0, ...columns.map((column) =>
      column.nodes.reduce((total, node) => total + tall(node, scale), gap * (column.nodes.length - 1))));
    let low = 0;
    let high = strongest > 0 ? THICKEST / strongest : 0;
    const limit = Math.max(tallest(most), 1.5 * height(0));
    for (let step = 0; step < 40 && height(high) > limit; step++) {
      const middle = (low + high) / 2;
      if (height(middle) > limit) {
        high = middle;
      } else {
        low = middle;
        if (step === 39) {
          high = low;
        }
      }
    }
    const scale = height(high) > limit ? low : high;
    return { edges, columns, gap, scale, thick, tall, strongest, height: height(scale) };
  }

  function drawCircuit() {
    const state = current;
    if (!state || !state.edges.length) {
      return;
    }
    const scroll = byId('sankey-scroll');
    const nothing = state.size === 0;
    byId('empty').hidden = !nothing;
    byId('empty-text').textContent = 'A circuit of 0 edges has nothing to draw: no signal of the task passes. Add edges to see it grow.';
    scroll.hidden = nothing;
    byId('circuit-legend').hidden = nothing;
    const cut = byId('cut');
    const drawnEdges = Math.min(state.size, state.edges.length, DRAW_LIMIT);
    cut.hidden = drawnEdges === state.size;
    cut.textContent = 'Only the strongest ' + whole(drawnEdges) + ' of the ' + whole(state.size) + ' edges are drawn.';
    if (nothing) {
      return;
    }

    const style = getComputedStyle(scroll);
    const room = scroll.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    const narrow = room < 560;
    const plan = arrange(state, (most) => Math.min(narrow ? 480 : 640, Math.max(280, 110 + 52 * most)));
    const gaps = Math.max(1, plan.columns.length - 1);
    const spacing = Math.min(340, Math.max(narrow ? 90 : 104, (room - NODE_WIDTH - 2) / gaps));
    const used = NODE_WIDTH + gaps * spacing;
    const width = Math.max(room, used + 2);
    const left = (width - used) / 2;
    const head = 48;
    const height = Math.max(180, plan.height) + head + 14;
    const top = head + (height - head - 14 - plan.height) / 2;
    const box = byId('sankey');
    box.style.width = width + 'px';
    box.style.height = height + 'px';
    fadeEnds();

    const color = theme();
    const paint = (edge) => color(edge.score < 0 ? 'hurt' : 'help');
    const opacity = plan.edges.length > 150 ? 0.48 : 0.62;
    const drawn = chart('sankey');
    drawn.dispatchAction({ type: 'hideTip' });
    drawn.resize({ width, height });
    drawn.setOption({
      animation: false,
      textStyle: { fontFamily: fonts() },
      tooltip: { ...tooltip(color), trigger: 'item', triggerOn: 'mousemove|click', formatter: (item) => circuitTip(state, color, item) },
      graphic: plan.columns.map((column, index) => ({
        type: 'text', silent: true, x: left + NODE_WIDTH / 2 + index * spacing, y: 6,
        style: {
          text: columnTitle(state, column.column), align: 'center', verticalAlign: 'top', lineHeight: 15,
          fill: color('faint'), fontSize: 12, fontFamily: fonts(),
        },
      })),
      series: [{
        type: 'sankey',
        left, top, width: used, height: plan.height,
        nodeWidth: NODE_WIDTH, nodeGap: plan.gap, nodeAlign: 'left', draggable: false, layoutIterations: 48,
        emphasis: { focus: 'adjacency', lineStyle: { opacity: 0.9 } },
        blur: { lineStyle: { opacity: 0.07 }, itemStyle: { opacity: 0.35 }, label: { opacity: 0.35 } },
        data: plan.columns.flatMap((column, depth) => column.nodes.map((node) => {
          const kind = ['resid', 'mlp'].includes(node.kind) ? node.kind : 'head';
          return {
            name: node.name,
            depth,
            value: plan.tall(node, plan.scale),
            node,
            itemStyle: {
              color: color('node-' + kind), borderColor: color('node-line'), borderWidth: 1,
            },
            label: {
              color: color('node-' + kind + '-text'), fontWeight: kind === 'resid' ? 600 : 500,
              formatter: () => (kind === 'resid' ? node.name.replace(' ', '\n') : node.name),
            },
          };
        })),
        label: {
          position: 'inside', fontSize: 12, lineHeight: 14, fontFamily: fonts(), width: NODE_WIDTH - 6, overflow: 'truncate',
        },
        links: plan.edges.map((edge) => ({
          source: edge.source,
          target: edge.destination,
          value: plan.thick(edge, plan.scale),
          edge,
          lineStyle: { color: paint(edge), opacity, curveness: 0.5 },
        })),
      }],
    }, { replaceMerge: ['series', 'graphic'] });
    box.setAttribute('aria-label', 'Flow diagram of the ' + count(plan.edges.length, 'edge', 'edges')
      + ' drawn, in ' + count(plan.columns.length, 'column', 'columns') + ' from left to right. The table below lists the edges.');
    circuitLegend(plan);
  }

  /** Fades the side of the picture where there is more to scroll to. */
  function fadeEnds() {
    const scroll = byId('sankey-scroll');
    scroll.classList.toggle('more-left', scroll.scrollLeft > 4);
    scroll.classList.toggle('more-right', scroll.scrollLeft < scroll.scrollWidth - scroll.clientWidth - 4);
  }

  function columnTitle(state, column) {
    const nodes = state.study.nodes.filter((node) => node.column === column);
    const kind = nodes[0].kind;
    if (kind === 'resid') {
      const before = state.study.nodes.some((node) => node.column < column);
      return before ? 'Output' : 'Input';
    }
    const layer = /\d+/.exec(nodes[0].name);
    return (layer ? 'Layer ' + layer[0] + '\n' : '') + (kind === 'mlp' ? 'MLP' : 'heads');
  }

  function circuitTip(state, color, item) {
    if (item.dataType === 'edge') {
      const { edge } = item.data;
      const hurts = edge.score < 0;
      return tip(edgeName(edge), [
        ['Score', signed(edge.score), color(hurts ? 'hurt' : 'help')],
        ['Rank', whole(edge.rank) + ' of ' + whole(state.total)],
      ], hurts ? 'Hurts: patching it raises the answer.' : 'Helps: patching it lowers the answer.', true);
    }
    const { node } = item.data;
    const total = (edges) => (edges.length ? whole(edges.length) + ', net ' + signedShort(edges.reduce((sum, edge) => sum + edge.score, 0)) : 'none');
    const kinds = { resid: 'The residual stream’s start or end', head: 'Attention head', mlp: 'MLP' };
    return tip(node.name, [['Edges in', total(node.reads)], ['Edges out', total(node.writes)]],
      Object.hasOwn(kinds, node.kind) ? kinds[node.kind] + '.' : '', true);
  }

  function signedShort(score) {
    return (score > 0 ? '+' : '') + rounded(score, 3);
  }

  function circuitLegend(plan) {
    const band = (name, height) => {
      const made = drawing('rect', { x: 0, y: 8 - height / 2, width: 30, height, rx: Math.min(2, height / 2), opacity: 0.75 });
      made.style.fill = 'var(--' + name + ')';
      return drawing('svg', { width: 30, height: 16, viewBox: '0 0 30 16', 'aria-hidden': 'true' }, made);
    };
    const box = (kind) => {
      const made = drawing('rect', { x: 1, y: 2, width: 20, height: 12, rx: 1 });
      made.style.fill = 'var(--node-' + kind + ')';
      made.style.stroke = 'var(--node-line)';
      return drawing('svg', { width: 22, height: 16, viewBox: '0 0 22 16', 'aria-hidden': 'true' }, made);
    };
    const items = [
      element('li', {}, band('help', 8), 'helps: patching it lowers the answer'),
      element('li', {}, band('hurt', 8), 'hurts: patching it raises the answer'),
    ];
    if (plan.scale > 0) {
      const worth = 8 / plan.scale;
      const power = Math.pow(10, Math.floor(Math.log10(worth)));
      const round = [5, 2, 1].map((factor) => factor * power).find((value) => value <= worth * 1.001);
      items.push(element('li', {}, band('faint', Math.max(THINNEST, round * plan.scale)), 'this wide: score ' + rounded(round, 1)));
    }
    items.push(
      element('li', {}, box('resid'), 'residual stream'),
      element('li', {}, box('head'), 'attention head'),
      element('li', {}, box('mlp'), 'MLP'));
    byId('circuit-legend').replaceChildren(...items);
  }

  // The table of edges

  function edgeRows(state) {
    const shown = state.edges.slice(0, state.rows);
    const strongest = Math.max(1e-300, ...shown.map((edge) => Math.abs(edge.score)));
    const rows = [];
    for (const edge of shown) {
      const bar = element('i', { class: edge.score < 0 ? 'hurt' : 'help' });
      bar.style.width = 50 * Math.abs(edge.score) / strongest + '%';
      const last = edge.rank === state.size && state.size < state.edges.length;
      rows.push(element('tr', { class: [edge.rank > state.size ? 'out' : '', last ? 'limit' : ''].join(' ').trim() || null },
        element('td', { class: 'num' }, whole(edge.rank)),
        element('td', { class: 'edge' }, element('span', {}, edge.source), element('wbr'),
          element('span', {}, element('span', { class: 'arrow' }, '->'), edge.destination,
            edge.input ? element('span', { class: 'read' }, '.' + edge.input) : null)),
        element('td', { class: 'bar-cell' }, element('span', { class: 'bar', 'aria-hidden': 'true' }, bar)),
        element('td', { class: 'num' }, signed(edge.score))));
      if (last) {
        rows.push(element('tr', { class: 'limit-row' },
          element('td', { colspan: 4 }, 'The circuit of ' + count(state.size, 'edge', 'edges') + ' ends here')));
      }
    }
    byId('edge-rows').replaceChildren(...rows);
    byId('more').hidden = state.rows >= state.edges.length;
    byId('more-count').textContent = whole(shown.length) + ' of ' + whole(state.total) + ' edges';
  }

  // Facts and rejected prompts

  function factList(facts) {
    byId('facts-section').hidden = facts.length === 0;
    byId('facts').replaceChildren(...facts.map((fact) =>
      element('div', {}, element('dt', {}, fact.label), element('dd', {}, fact.value))));
  }

  function rejections(rejected) {
    byId('rejected-section').hidden = rejected.length === 0;
    const reasons = new Map();
    for (const { reason } of rejected) {
      reasons.set(reason, (reasons.get(reason) || 0) + 1);
    }
    byId('rejected-note').textContent = count(rejected.length, 'prompt', 'prompts')
      + ' could not be used and took no part in any number on this page.';
    byId('reasons').replaceChildren(...[...reasons].sort((a, b) => b[1] - a[1]).slice(0, 12).map(([reason, times]) =>
      element('li', {}, element('b', {}, whole(times)), element('span', {}, reason))));
    byId('rejected-summary').textContent = rejected.length > REJECTED_ROWS
      ? 'The first ' + whole(REJECTED_ROWS) + ' of them' : 'Which prompts';
    byId('rejected-table').replaceChildren(
      element('thead', {}, element('tr', {}, element('th', { scope: 'col' }, 'Where'), element('th', { scope: 'col' }, 'Reason'))),
      element('tbody', {}, ...rejected.slice(0, REJECTED_ROWS).map((one) =>
        element('tr', {}, element('td', {}, one.where), element('td', {}, one.reason)))));
  }

  // Start

  function tabs(states) {
    const list = byId('tabs');
    const open = (index) => {
      [...list.children].forEach((tab, place) => {
        tab.setAttribute('aria-selected', String(place === index));
        tab.tabIndex = place === index ? 0 : -1;
      });
      byId('study').setAttribute('aria-labelledby', 'tab-' + index);
      showStudy(states[index]);
    };
    states.forEach((state, index) => {
      const tab = element('button', { type: 'button', role: 'tab', id: 'tab-' + index, 'aria-controls': 'study' }, state.study.name);
      tab.addEventListener('click', () => open(index));
      list.append(tab);
    });
    roving(list, open);
    if (states.length > 1) {
      list.hidden = false;
      byId('study').setAttribute('role', 'tabpanel');
      open(0);
    } else {
      showStudy(states[0]);
    }
    byId('study-name').hidden = states.length > 1;
  }

  function redraw() {
    if (!current) {
      return;
    }
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => {
      marks(current);
      drawCurve();
      drawCircuit();
    });
  }

  function start() {
    if (!data.studies.length) {
      byId('no-studies').hidden = false;
      return;
    }
    byId('study').hidden = false;
    roving(byId('metrics'), (index) => {
      current.metric = current.metrics[index];
      showMetric();
    });
    sizeControls();
    byId('more-edges').addEventListener('click', () => {
      current.rows += current.rows < 4 * ROWS_AT_ONCE ? ROWS_AT_ONCE : 10 * ROWS_AT_ONCE;
      edgeRows(current);
    });
    tabs(data.studies.map(prepare));
    byId('sankey-scroll').addEventListener('scroll', fadeEnds, { passive: true });
    let width = byId('study').clientWidth;
    new ResizeObserver(() => {
      if (byId('study').clientWidth !== width) {
        width = byId('study').clientWidth;
        redraw();
      }
    }).observe(byId('study'));
    darkMode.addEventListener('change', redraw);
  }

  start();
})();
