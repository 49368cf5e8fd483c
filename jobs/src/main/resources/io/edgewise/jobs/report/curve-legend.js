/** The legend of the curve's lines. */
edgewise.curveLegend = (function () {
  'use strict';

  const { byId, element, picture, shape } = edgewise.elements;
  const { human, patchNote } = edgewise.labels;

  const STROKES = [
    { dash: [], symbol: 'circle' },
    { dash: [7, 4], symbol: 'rect' },
    { dash: [2, 4], symbol: 'triangle' },
    { dash: [10, 4, 2, 4], symbol: 'diamond' },
    { dash: [4, 2], symbol: 'roundRect' },
  ];

  const SYMBOLS = {
    circle: () => shape('circle', { cx: 17, cy: 7, r: 4 }),
    rect: () => shape('rect', { x: 13, y: 3, width: 8, height: 8 }),
    roundRect: () => shape('rect', { x: 13, y: 3, width: 8, height: 8, rx: 2 }),
    triangle: () => shape('path', { d: 'M17 2.5l4.5 8h-9z' }),
    diamond: () => shape('path', { d: 'M17 2l5 5-5 5-5-5z' }),
  };

  function strokeOf(index) {
    return STROKES[index % STROKES.length];
  }

  function seriesColor(index) {
    return 'series-' + (index % 5 + 1);
  }

  function showCurveLegend(state) {
    byId('curve-legend').replaceChildren(...state.series.map((series, index) =>
      element('li', {}, sampleOf(index), series.label)));
  }

  /** A piece of a line, with one of its symbols. */
  function sampleOf(index) {
    const stroke = strokeOf(index);
    const color = 'var(--' + seriesColor(index) + ')';
    const line = shape('path', { d: 'M0 7H34', fill: 'none', 'stroke-width': 2, 'stroke-dasharray': stroke.dash.join(' ') });
    line.style.stroke = color;
    const symbol = SYMBOLS[stroke.symbol]();
    symbol.style.fill = color;
    return picture(34, 14, line, symbol);
  }

  function showPatchNotes(state) {
    const known = [...new Set(state.series.map((series) => series.patch))].filter((patch) => patchNote(patch) !== null);
    byId('patch-notes').replaceChildren(...known.map((patch) =>
      element('li', {}, element('b', {}, human(patch)), ' ' + patchNote(patch))));
  }

  return { sampleOf, seriesColor, showCurveLegend, showPatchNotes, strokeOf };
})();
