/** The picture of the circuit: nodes in columns, and bands for edges. */
edgewise.circuit = (function () {
  'use strict';

  const { chart, fonts, theme, tip, tooltip } = edgewise.charts;
  const { showCircuitLegend } = edgewise.circuitLegend;
  const { pictureOf } = edgewise.circuitPicture;
  const { DRAW_LIMIT, nodeHeight, thickness } = edgewise.circuitPlan;
  const { showStrip, startStrip } = edgewise.circuitStrip;
  const { byId } = edgewise.elements;
  const { passing } = edgewise.filter;
  const { layerOf } = edgewise.labels;
  const { count, signedShort, whole } = edgewise.numbers;
  const { zoom } = edgewise.zoom;

  const FRAME = 16;

  function drawCircuit(state) {
    if (!state.edges.length) {
      return;
    }
    showLimits(state);
    if (passing(state).length === 0) {
      return;
    }
    const picture = pictureOf(state);
    const { width, height } = picture;
    const box = byId('sankey');
    // An enlarged picture is looked at through a frame of the size that it has else.
    const frame = byId('sankey-scroll');
    frame.classList.toggle('enlarged', zoom() > 1);
    frame.style.height = zoom() > 1 ? height / zoom() + FRAME + 'px' : '';
    box.style.width = width + 'px';
    box.style.height = height + 'px';
    showStrip(picture.columns.map(({ column }, index) => (
      { name: layerName(state, column), x: picture.left + picture.nodeWidth / 2 + index * picture.spacing })));
    const drawn = chart('sankey');
    drawn.dispatchAction({ type: 'hideTip' });
    drawn.resize({ width, height });
    drawn.setOption(optionOf(state, picture, theme()), { replaceMerge: ['series', 'graphic'] });
    box.setAttribute('aria-label', inWords(picture));
    showCircuitLegend(picture.scale * zoom(), state.bands);
  }

  function inWords({ edges, columns }) {
    return 'Flow diagram of the ' + count(edges.length, 'edge', 'edges') + ' drawn, in '
      + count(columns.length, 'column', 'columns') + ' from left to right. The table below lists the edges.';
  }

  /** Says so where there is nothing to draw, or too much. */
  function showLimits(state) {
    const shown = passing(state).length;
    const nothing = shown === 0;
    byId('empty').hidden = !nothing;
    byId('empty-text').textContent = state.circuitOf(state).length ? 'No edge of this circuit passes the filter.'
      : 'A circuit of 0 edges has nothing to draw: no signal of the task passes. Add edges to see it grow.';
    byId('sankey-scroll').hidden = nothing;
    byId('circuit-legend').hidden = nothing;
    const cut = byId('cut');
    const all = state.size > state.edges.length ? state.size : shown;
    const drawnEdges = Math.min(shown, DRAW_LIMIT);
    cut.hidden = drawnEdges === all;
    cut.textContent = 'Only the strongest ' + whole(drawnEdges) + ' of the ' + whole(all) + ' edges are drawn.';
  }

  function optionOf(state, picture, color) {
    const { columns, font, left, nodeWidth, spacing } = picture;
    return {
      animation: false,
      textStyle: { fontFamily: fonts() },
      tooltip: {
        ...tooltip(color), trigger: 'item', triggerOn: 'mousemove|click', formatter: (item) => circuitTip(state, color, item),
      },
      graphic: columns.map(({ column }, index) => ({
        type: 'text', silent: true, x: left + nodeWidth / 2 + index * spacing, y: font / 2,
        style: {
          text: columnTitle(state, column), align: 'center', verticalAlign: 'top', lineHeight: 1.25 * font,
          fill: color('faint'), fontSize: font, fontFamily: fonts(),
        },
      })),
      series: [{
        type: 'sankey',
        left, top: picture.top, width: picture.used, height: picture.planHeight,
        nodeWidth, nodeGap: picture.gap, nodeAlign: 'left', draggable: false, layoutIterations: 48,
        emphasis: { focus: 'adjacency', lineStyle: { opacity: 0.9 } },
        blur: { lineStyle: { opacity: 0.07 }, itemStyle: { opacity: 0.35 }, label: { opacity: 0.35 } },
        data: columns.flatMap(({ nodes }, depth) => nodes.map((node) => boxOf(node, depth, picture.scale, color))),
        label: {
          position: 'inside', fontSize: font, lineHeight: 1.2 * font, fontFamily: fonts(), width: nodeWidth - 2, overflow: 'truncate',
        },
        links: bandsOf(state, picture, color),
      }],
    };
  }

  function boxOf(node, depth, scale, color) {
    const kind = ['resid', 'mlp'].includes(node.kind) ? node.kind : 'head';
    return {
      name: node.name,
      depth,
      value: nodeHeight(node, scale),
      node,
      itemStyle: { color: color('node-' + kind), borderColor: color('node-line'), borderWidth: 1 },
      label: {
        color: color('node-' + kind + '-text'), fontWeight: kind === 'resid' ? 600 : 500,
        formatter: () => (kind === 'resid' ? node.name.replace(' ', '\n') : node.name),
      },
    };
  }

  function bandsOf(state, { edges, scale }, color) {
    const opacity = edges.length > 150 ? 0.48 : 0.62;
    return edges.map((edge) => ({
      source: edge.source,
      target: edge.destination,
      value: thickness(edge, scale),
      edge,
      lineStyle: { color: color(state.paintOf(edge)), opacity, curveness: 0.5 },
    }));
  }

  function columnTitle(state, column) {
    const nodes = state.study.nodes.filter((node) => node.column === column);
    const kind = nodes[0].kind;
    if (kind === 'resid') {
      return { 'Resid Start': 'Input', 'Resid End': 'Output' }[nodes[0].name] || 'Stream';
    }
    const layer = /\d+/.exec(nodes[0].name);
    return (layer ? 'Layer ' + layer[0] + '\n' : '') + (kind === 'mlp' ? 'MLP' : 'heads');
  }

  function layerName(state, column) {
    return String(layerOf(state.study.nodes.find((node) => node.column === column).name) ?? columnTitle(state, column));
  }

  function circuitTip(state, color, item) {
    if (item.dataType === 'edge') {
      return state.tipOf(state, item.data.edge, color);
    }
    const { node } = item.data;
    const sum = (edges) => edges.reduce((total, edge) => total + edge.score, 0);
    const net = (edges) => (state.signed ? ', net ' + signedShort(sum(edges)) : '');
    const total = (edges) => (edges.length ? whole(edges.length) + net(edges) : 'none');
    const kinds = { resid: 'The residual stream’s start or end', head: 'Attention head', mlp: 'MLP' };
    return tip(node.name, [['Edges in', total(node.reads)], ['Edges out', total(node.writes)]],
      Object.hasOwn(kinds, node.kind) ? kinds[node.kind] + '.' : '', true);
  }

  function startCircuit() {
    startStrip();
  }

  return { drawCircuit, startCircuit };
})();
