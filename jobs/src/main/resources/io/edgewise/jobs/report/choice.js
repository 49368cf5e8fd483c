/** Which study is shown, and how large a circuit of it. */
edgewise.choice = (function () {
  'use strict';

  let shown = null;
  let frame = 0;
  let showAgain = () => {};

  function current() {
    return shown;
  }

  function chooseStudy(state) {
    shown = state;
  }

  /** Rounds a size to a whole number of edges, and shows its circuit. */
  function chooseSize(size) {
    const next = Math.max(0, Math.min(Math.round(size), shown.largest));
    if (next !== shown.size) {
      shown.size = next;
      nextFrame(showAgain);
    }
  }

  /** Changes a part of the filter. */
  function chooseFilter(changes) {
    Object.assign(shown.filter, changes);
    nextFrame(showAgain);
  }

  /** Applies another choice and shows it. */
  function redrawAll() {
    nextFrame(showAgain);
  }

  function whenChosen(show) {
    showAgain = show;
  }

  /** Draws the study with the next frame, instead of anything scheduled before. */
  function nextFrame(draw) {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => draw(shown));
  }

  return { chooseFilter, chooseSize, chooseStudy, current, nextFrame, redrawAll, whenChosen };
})();
