/** How to read the picture of the circuit. */
edgewise.circuitLegend = (function () {
  'use strict';

  const { byId, element, picture, shape } = edgewise.elements;
  const { rounded } = edgewise.numbers;

  const BAND = 8;
  const THINNEST = 1;

  const BANDS = {
    paints: [['help', 'helps: patching it lowers the answer'], ['hurt', 'hurts: patching it raises the answer']],
    width: (score) => 'this wide: score ' + rounded(score, 1),
  };

  /** The meaning of the bands' colours, and, in words, of their width. */
  function showCircuitLegend(scale, { paints, width } = BANDS) {
    byId('circuit-legend').replaceChildren(
      ...paints.map(([paint, text]) => element('li', {}, band(paint, BAND), text)),
      ...widths(scale, width),
      element('li', {}, box('resid'), 'residual stream'),
      element('li', {}, box('head'), 'attention head'),
      element('li', {}, box('mlp'), 'MLP'));
  }

  /** A round score, shown as wide as an edge of that score. */
  function widths(scale, width) {
    if (scale <= 0) {
      return [];
    }
    const worth = BAND / scale;
    const power = Math.pow(10, Math.floor(Math.log10(worth)));
    const round = [5, 2, 1].map((factor) => factor * power).find((value) => value <= worth * 1.001);
    return [element('li', {}, band('faint', Math.max(THINNEST, round * scale)), width(round))];
  }

  function band(color, height) {
    const made = shape('rect', { x: 0, y: 8 - height / 2, width: 30, height, rx: Math.min(2, height / 2), opacity: 0.75 });
    made.style.fill = 'var(--' + color + ')';
    return picture(30, 16, made);
  }

  function box(kind) {
    const made = shape('rect', { x: 1, y: 2, width: 20, height: 12, rx: 1 });
    made.style.fill = 'var(--node-' + kind + ')';
    made.style.stroke = 'var(--node-line)';
    return picture(22, 16, made);
  }

  return { showCircuitLegend };
})();
