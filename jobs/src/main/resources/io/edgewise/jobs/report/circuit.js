/** The picture of the circuit: boxes in columns for nodes, and ribbons for edges. */
edgewise.circuit = (function () {
  'use strict';

  const { showCircuitLegend } = edgewise.circuitLegend;
  const { pictureOf } = edgewise.circuitPlan;
  const { FONT, columnsOf, partsOf, titles } = edgewise.circuitShapes;
  const { showStrip, startStrip } = edgewise.circuitStrip;
  const { byId, shape } = edgewise.elements;
  const { passing } = edgewise.filter;
  const { count, whole } = edgewise.numbers;
  const { hideTip, showTip } = edgewise.pointerTip;
  const { zoom } = edgewise.zoom;

  const MARGIN = 16;
  const HEAD = 58;
  const FRAME = 16;
  /** The picture fills the available width, but gets no smaller or larger than this by itself. */
  const SMALLEST = 0.85;
  const LARGEST = 1.15;

  let parts = new Map();
  let pointed = null;

  function drawCircuit(state) {
    if (!state.edges.length) {
      return;
    }
    point(null);
    const picture = pictureOf(state, passing(state));
    showLimits(state, picture);
    if (picture === null) {
      return;
    }
    const columns = columnsOf(state, picture.boxes);
    const drawn = shape('svg', {});
    drawn.append(titles(columns), shape('g', {}));
    parts = partsOf(state, picture);
    drawn.lastChild.append(...parts.keys());
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

  /** Shows a message where there is nothing to draw, or too much. */
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

  /** Crops the picture to its content, and scales it to the room there is and to the reader's zoom. Returns the scale. */
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
    // An enlarged picture is seen through a frame of its usual size.
    frame.classList.toggle('enlarged', zoom() > 1);
    frame.style.height = zoom() > 1 ? high * scale / zoom() + FRAME + 'px' : '';
    byId('picture').style.width = Math.max(room, wide * scale) + 'px';
    return scale;
  }

  function roomIn(scroll) {
    const style = getComputedStyle(scroll);
    return scroll.offsetWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
  }

  function follow(event) {
    const found = event.target.closest('.link, .node');
    point(found);
    if (found !== null) {
      showTip(parts.get(found).tell(), event);
    }
  }

  /** Highlights what is pointed at, and what it is joined to. */
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
