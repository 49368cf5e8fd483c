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

  /** Takes the whole number of edges next to a size, and shows its circuit. */
  function chooseSize(size) {
    const next = Math.max(0, Math.min(Math.round(size), shown.largest));
    if (next !== shown.size) {
      shown.size = next;
      nextFrame(showAgain);
    }
  }

  /** Changes something of what is filtered. */
  function chooseFilter(changes) {
    Object.assign(shown.filter, changes);
    nextFrame(showAgain);
  }

  /** Shows what was chosen in some other way. */
  function redrawAll() {
    nextFrame(showAgain);
  }

  function whenChosen(show) {
    showAgain = show;
  }

  /** Draws the study with the next frame, in place of what was to be drawn with it. */
  function nextFrame(draw) {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => draw(shown));
  }

  return { chooseFilter, chooseSize, chooseStudy, current, nextFrame, redrawAll, whenChosen };
})();
