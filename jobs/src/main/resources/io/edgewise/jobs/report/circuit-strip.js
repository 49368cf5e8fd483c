/** The layers of a picture that is wider than its frame: which are in view, and buttons to scroll to each. */
edgewise.circuitStrip = (function () {
  'use strict';

  const { byId, element } = edgewise.elements;

  /** One button per layer, from columns that each have a layer's name and an x. */
  function showStrip(columns) {
    const places = new Map();
    columns.forEach(({ name, x }) => places.set(name, [...(places.get(name) || []), x]));
    byId('layers').replaceChildren(element('span', {}, 'Go to layer'), ...[...places].map(([name, xs]) => {
      const button = element('button', { type: 'button', 'data-from': xs[0], 'data-to': xs[xs.length - 1] }, name);
      button.addEventListener('click', () => goTo((xs[0] + xs[xs.length - 1]) / 2));
      return button;
    }));
    showEnds();
  }

  function goTo(x) {
    const frame = byId('picture-frame');
    frame.scrollLeft = x - frame.clientWidth / 2;
  }

  /** Fades the side of the picture where there is more to scroll to, and marks the layers in view. */
  function showEnds() {
    const frame = byId('picture-frame');
    const { scrollLeft, scrollWidth, clientWidth } = frame;
    frame.classList.toggle('more-left', scrollLeft > 4);
    frame.classList.toggle('more-right', scrollLeft < scrollWidth - clientWidth - 4);
    byId('layers').hidden = frame.hidden || scrollWidth <= clientWidth + 4;
    byId('layers').querySelectorAll('button').forEach((button) => {
      const seen = Number(button.dataset.to) >= scrollLeft && Number(button.dataset.from) <= scrollLeft + clientWidth;
      button.classList.toggle('seen', seen);
      button.setAttribute('aria-pressed', String(seen));
    });
  }

  function startStrip() {
    byId('picture-frame').addEventListener('scroll', showEnds, { passive: true });
  }

  return { showStrip, startStrip };
})();
