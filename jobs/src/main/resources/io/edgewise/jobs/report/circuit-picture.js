/** How large a circuit is drawn, and where on the page's width its columns stand. */
edgewise.circuitPicture = (function () {
  'use strict';

  const { NODE_WIDTH, plan } = edgewise.circuitPlan;
  const { byId } = edgewise.elements;
  const { zoom } = edgewise.zoom;

  const HEAD = 48;
  const FOOT = 14;
  const CLOSEST = 60;

  /** The plan of the circuit, and where on the page's width its columns stand. */
  function pictureOf(state) {
    const scroll = byId('sankey-scroll');
    const card = scroll.closest('.card');
    card.classList.remove('wide');
    const narrow = roomIn(scroll) < 560;
    const planned = plan(state, (most) => Math.min(narrow ? 480 : 640, Math.max(280, 110 + 52 * most)));
    const gaps = Math.max(1, planned.columns.length - 1);
    card.classList.toggle('wide', NODE_WIDTH + gaps * CLOSEST + 2 > roomIn(scroll));
    const room = roomIn(scroll);
    const spacing = Math.min(340, Math.max(CLOSEST, (room - NODE_WIDTH - 2) / gaps));
    const used = NODE_WIDTH + gaps * spacing;
    const space = Math.max(180, planned.height);
    const times = zoom();
    return {
      ...planned,
      gap: planned.gap * times,
      nodeWidth: NODE_WIDTH * times,
      spacing: spacing * times,
      used: used * times,
      width: Math.max(room, (used + 2) * times),
      height: (space + HEAD + FOOT) * times,
      left: (Math.max(room, (used + 2) * times) - used * times) / 2,
      top: (HEAD + (space - planned.height) / 2) * times,
      planHeight: planned.height * times,
      font: 12 * times,
    };
  }

  function roomIn(scroll) {
    const style = getComputedStyle(scroll);
    return scroll.offsetWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
  }

  return { pictureOf };
})();
