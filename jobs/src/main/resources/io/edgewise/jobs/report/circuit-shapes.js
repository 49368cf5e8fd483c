/** The shapes in the picture of a circuit: ribbons, boxes, and the titles of their columns. */
edgewise.circuitShapes = (function () {
  'use strict';

  const { theme, tip } = edgewise.charts;
  const { shape } = edgewise.elements;
  const { layerOf } = edgewise.labels;
  const { signedShort, whole } = edgewise.numbers;

  const FONT = 12;

  /** The ribbons, and over them the boxes, each with its tooltip and the boxes it joins. */
  function partsOf(state, { bands, boxes }) {
    const shapes = new Map(boxes.map((box) => [box, boxShape(box)]));
    const opacity = bands.length > 150 ? 0.48 : 0.62;
    const ribbons = bands.map(({ edge, width, path, from, to }) => {
      const made = shape('path', { class: 'link', d: path, 'stroke-width': width });
      made.style.stroke = 'var(--' + state.paintOf(edge) + ')';
      made.style.setProperty('--opacity', opacity);
      return [made, { tell: () => state.tipOf(state, edge, theme()), ends: [shapes.get(from), shapes.get(to)] }];
    });
    return new Map([...ribbons, ...[...shapes].map(([box, made]) => [made, { tell: () => nodeTip(state, box), ends: [] }])]);
  }

  function boxShape({ node, label, left, top, width, height }) {
    const kind = ['resid', 'mlp'].includes(node.kind) ? node.kind : 'head';
    const made = shape('g', { class: 'node ' + kind, 'data-node': node.name });
    made.append(shape('rect', { x: left, y: top, width, height, rx: 4 }),
      shape('text', { x: left + width / 2, y: top + height / 2 + 0.35 * FONT }));
    made.lastChild.textContent = label;
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

  function titles(columns) {
    const all = shape('g', { class: 'columns' });
    columns.forEach(({ middle, lines }) => lines.forEach((line, index) => {
      const made = shape('text', { x: middle, y: 1.25 * FONT * index });
      made.textContent = line;
      all.append(made);
    }));
    return all;
  }

  function nodeTip(state, { node, reads, writes }) {
    const sum = (edges) => edges.reduce((total, edge) => total + edge.score, 0);
    const net = (edges) => (state.signed ? ', net ' + signedShort(sum(edges)) : '');
    const total = (edges) => (edges.length ? whole(edges.length) + net(edges) : 'none');
    const kinds = { resid: 'The residual stream’s start or end', head: 'Attention head', mlp: 'MLP' };
    return tip(node.name, [['Edges in', total(reads)], ['Edges out', total(writes)]],
      Object.hasOwn(kinds, node.kind) ? kinds[node.kind] + '.' : '', true);
  }

  return { FONT, columnsOf, partsOf, titles };
})();
