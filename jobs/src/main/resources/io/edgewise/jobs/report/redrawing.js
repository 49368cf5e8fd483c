/** Draws again when the page's width or colours change. */
edgewise.redrawing = (function () {
  'use strict';

  const { nextFrame } = edgewise.choice;
  const { byId } = edgewise.elements;

  function startRedrawing(draw) {
    const study = byId('study');
    let width = study.clientWidth;
    new ResizeObserver(() => {
      if (study.clientWidth !== width) {
        width = study.clientWidth;
        nextFrame(draw);
      }
    }).observe(study);
    window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => nextFrame(draw));
  }

  return { startRedrawing };
})();
