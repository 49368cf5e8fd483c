/** The picture of the circuit: boxes in columns for nodes, and ribbons for edges. */
edgewise.circuit = (function () {
  'use strict';

  const { theme, tip } = edgewise.charts;
  const { showCircuitLegend } = edgewise.circuitLegend;
  const { pictureOf } = edgewise.circuitPlan;
  const { showStrip, startStrip } = edgewise.circuitStrip;
  const { byId, shape } = edgewise.elements;
  const { passing } = edgewise.filter;
  const { layerOf } = edgewise.labels;
  const { count, signedShort, whole } = edgewise.numbers;
  const { hideTip, showTip } = edgewise.pointerTip;
  const { zoom } = edgewise.zoom;

  const MARGIN = 16;
  const HEAD = 48;
  const FONT = 12;
  const FRAME = 16;
  /** The picture fills the width that there is, but gets no smaller or larger than this by itself. */
  const SMALLEST = 0.85;
  const LARGEST = 1.15;

  /** What is told of each ribbon and box, and which boxes a ribbon joins. */
  const parts = new Map();

  let pointed = null;

  function drawCircuit(state) {
    if (!state.edges.length) {
      return;
    }
    parts.clear();
    point(null);
    const picture = pictureOf(state, passing(state));
    showLimits(state, picture);
    if (picture === null) {
      return;
    }
    const columns = columnsOf(state, picture.boxes);
    const drawn = shape('svg', {});
    drawn.append(shape('g', { class: 'columns' }), shape('g', {}));
    drawn.firstChild.append(...columns.flatMap(title));
    drawn.lastChild.append(...shapesOf(state, picture));
    byId('picture').replaceChildren(drawn);
    byId('picture').setAttribute('aria-label', inWords(picture, columns));
    const scale = fit(drawn);
    showStrip(columns.map(({ layer, middle }) => ({ name: layer, x: scale * (middle - drawn.viewBox.baseVal.x) })));
    showCircuitLegend(picture.perScore * scale, state.bands);
  }

  function inWords({ bands }, columns) {
    return 'Flow diagram of the ' + count(bands.length, 'edge', 'edges') + ' drawn, in '
      + count(columns.length, 'column', 'columns') + ' from left to right. The table below lists the edges.';
  }

  /** Says so where there is nothing to draw, or too much. */
  function showLimits(state, picture) {
    const shown = passing(state).length;
    byId('empty').hidden = picture !== null;
    byId('empty-text').textContent = shown ? 'The edges that pass the filter are too weak to be drawn. The table below has them.'
      : state.circuitOf(state).length ? 'No edge of this circuit passes the filter.'
      : 'A circuit of 0 edges has nothing to draw: no signal of the task passes. Add edges to see it grow.';
    byId('picture-frame').hidden = picture === null;
    byId('layers').hidden = picture === null;
    byId('circuit-legend').hidden = picture === null;
    const cut = byId('cut');
    const all = state.size > state.edges.length ? state.size : shown;
    const drawnEdges = picture === null ? 0 : picture.bands.length;
    cut.hidden = drawnEdges === all || picture === null;
    cut.textContent = 'Only the strongest ' + whole(drawnEdges) + ' of the ' + whole(all) + ' edges are drawn.';
  }

  /** Cuts the picture to what is in it, and makes it as large as there is room and as the reader wants it; tells how large. */
  function fit(drawn) {
    const { x, y, width, height } = drawn.lastChild.getBBox();
    const [wide, high] = [width + 2 * MARGIN, height + HEAD + MARGIN];
    const frame = byId('picture-frame');
    const card = frame.closest('.card');
    card.classList.remove('wide');
    card.classList.toggle('wide', wide > roomIn(frame));
    const room = roomIn(frame);
    const scale = Math.max(SMALLEST, Math.min(LARGEST, room / wide)) * zoom();
    drawn.firstChild.setAttribute('transform', 'translate(0 ' + (y - HEAD + FONT) + ')');
    drawn.setAttribute('viewBox', [x - MARGIN, y - HEAD, wide, high].join(' '));
    drawn.setAttribute('width', wide * scale);
    drawn.setAttribute('height', high * scale);
    // An enlarged picture is looked at through a frame of the size that it has else.
    frame.classList.toggle('enlarged', zoom() > 1);
    frame.style.height = zoom() > 1 ? high * scale / zoom() + FRAME + 'px' : '';
    byId('picture').style.width = Math.max(room, wide * scale) + 'px';
    return scale;
  }

  function roomIn(scroll) {
    const style = getComputedStyle(scroll);
    return scroll.offsetWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
  }

  /** The ribbons, and over them the boxes. */
  function shapesOf(state, { bands, boxes }) {
    const shapes = new Map(boxes.map((box) => [box, boxShape(state, box)]));
    const opacity = bands.length > 150 ? 0.48 : 0.62;
    const ribbons = bands.map(({ edge, width, path, from, to }) => {
      const made = shape('path', { class: 'link', d: path, 'stroke-width': width });
      made.style.stroke = 'var(--' + state.paintOf(edge) + ')';
      made.style.setProperty('--opacity', opacity);
      parts.set(made, { tell: () => state.tipOf(state, edge, theme()), ends: [shapes.get(from), shapes.get(to)] });
      return made;
    });
    return [...ribbons, ...shapes.values()];
  }

  function boxShape(state, { node, label, left, top, width, height, reads, writes }) {
    const kind = ['resid', 'mlp'].includes(node.kind) ? node.kind : 'head';
    const made = shape('g', { class: 'node ' + kind, 'data-node': node.name });
    made.append(shape('rect', { x: left, y: top, width, height, rx: 4 }),
      shape('text', { x: left + width / 2, y: top + height / 2 + 0.35 * FONT }));
    made.lastChild.textContent = label;
    parts.set(made, { tell: () => nodeTip(state, node, reads, writes), ends: [] });
    return made;
  }

  /** The columns of some boxes, from left to right. */
  function columnsOf(state, boxes) {
    const middles = new Map(boxes.map(({ node, left, width }) => [node.column, left + width / 2]));
    return [...middles].sort(([one], [other]) => one - other).map(([column, middle]) => {
      const { kind, name } = state.study.nodes.find((node) => node.column === column);
      const layer = layerOf(name);
      const part = kind === 'mlp' ? 'MLP' : kind === 'resid' ? { 'Resid Start': 'Input', 'Resid End': 'Output' }[name] || 'Stream' : 'heads';
      return { middle, layer: layer === null ? part : whole(layer), lines: layer === null ? [part] : ['Layer ' + layer, part] };
    });
  }

  function title({ middle, lines }) {
    return lines.map((line, index) => {
      const made = shape('text', { x: middle, y: 1.25 * FONT * index });
      made.textContent = line;
      return made;
    });
  }

  function nodeTip(state, node, reads, writes) {
    const sum = (edges) => edges.reduce((total, edge) => total + edge.score, 0);
    const net = (edges) => (state.signed ? ', net ' + signedShort(sum(edges)) : '');
    const total = (edges) => (edges.length ? whole(edges.length) + net(edges) : 'none');
    const kinds = { resid: 'The residual stream’s start or end', head: 'Attention head', mlp: 'MLP' };
    return tip(node.name, [['Edges in', total(reads)], ['Edges out', total(writes)]],
      Object.hasOwn(kinds, node.kind) ? kinds[node.kind] + '.' : '', true);
  }

  function follow(event) {
    const found = event.target.closest('.link, .node');
    point(found);
    if (found !== null) {
      showTip(parts.get(found).tell(), event);
    }
  }

  /** What is pointed at stands out with what it is joined to. */
  function point(part) {
    if (part === null) {
      hideTip();
    }
    if (part === pointed) {
      return;
    }
    pointed = part;
    byId('picture').classList.toggle('pointed', part !== null);
    const lit = new Set([...parts].filter(([one, { ends }]) => one === part || ends.includes(part))
      .flatMap(([one, { ends }]) => [one, ...ends]));
    parts.forEach((told, one) => one.classList.toggle('lit', lit.has(one)));
  }

  function startCircuit() {
    const box = byId('picture');
    box.addEventListener('pointermove', follow);
    box.addEventListener('pointerdown', follow);
    box.addEventListener('pointerleave', () => point(null));
    startStrip();
  }

  return { drawCircuit, startCircuit };
})();
