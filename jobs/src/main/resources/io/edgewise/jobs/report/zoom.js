/** Zooming the picture of the circuit, and moving it in its frame. */
edgewise.zoom = (function () {
  'use strict';

  const { byId } = edgewise.elements;

  const STEP = 1.25;
  const LEAST = 0.4;
  const MOST = 6;

  let factor = 1;
  let draw = () => {};

  function zoom() {
    return factor;
  }

  /** Draws the picture larger or smaller, so that a point of its frame stays where it is. */
  function zoomTo(wanted, point) {
    const frame = byId('picture-frame');
    const next = Math.max(LEAST, Math.min(MOST, Math.abs(wanted - 1) < 0.02 ? 1 : wanted));
    if (next === factor) {
      return;
    }
    const { x, y } = point || { x: frame.clientWidth / 2, y: frame.clientHeight / 2 };
    const [left, top] = [(frame.scrollLeft + x) / factor, (frame.scrollTop + y) / factor];
    factor = next;
    draw();
    frame.scrollLeft = left * factor - x;
    frame.scrollTop = top * factor - y;
    showZoom();
  }

  function showZoom() {
    byId('zoom-reset').textContent = Math.round(100 * factor) + '%';
    byId('zoom-reset').disabled = factor === 1;
    byId('zoom-out').disabled = factor <= LEAST;
    byId('zoom-in').disabled = factor >= MOST;
    byId('zoom-state').textContent = 'Drawn at ' + Math.round(100 * factor) + '%';
  }

  function resetZoom() {
    factor = 1;
    showZoom();
  }

  /** The wheel zooms only with Control, and keys zoom only in the picture's frame, so the page still scrolls. */
  function startZoom(drawAgain) {
    const frame = byId('picture-frame');
    draw = drawAgain;
    byId('zoom-out').addEventListener('click', () => zoomTo(factor / STEP));
    byId('zoom-in').addEventListener('click', () => zoomTo(factor * STEP));
    byId('zoom-reset').addEventListener('click', () => zoomTo(1));
    frame.addEventListener('wheel', (event) => {
      if (event.ctrlKey || event.metaKey) {
        event.preventDefault();
        zoomTo(factor * Math.exp(-Math.max(-60, Math.min(60, event.deltaY)) / 240), pointIn(frame, event));
      }
    }, { passive: false });
    frame.addEventListener('keydown', (event) => {
      const wanted = { '+': factor * STEP, '=': factor * STEP, '-': factor / STEP, '0': 1 }[event.key];
      if (wanted !== undefined && !event.ctrlKey && !event.metaKey && !event.altKey) {
        event.preventDefault();
        zoomTo(wanted);
      }
    });
    startPinch(frame);
    startDrag(frame);
  }

  function pointIn(frame, { clientX, clientY }) {
    const box = frame.getBoundingClientRect();
    return { x: clientX - box.left, y: clientY - box.top };
  }

  function startPinch(frame) {
    let before = null;
    const between = ([one, other]) => Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY);
    frame.addEventListener('touchstart', ({ touches }) => {
      before = touches.length === 2 ? { apart: between(touches), factor } : null;
    }, { passive: true });
    frame.addEventListener('touchmove', (event) => {
      const { touches } = event;
      if (before !== null && touches.length === 2) {
        event.preventDefault();
        const [one, other] = touches;
        const middle = { clientX: (one.clientX + other.clientX) / 2, clientY: (one.clientY + other.clientY) / 2 };
        zoomTo(before.factor * between(touches) / before.apart, pointIn(frame, middle));
      }
    }, { passive: false });
  }

  /** The mouse drags the picture; fingers scroll it by themselves. */
  function startDrag(frame) {
    let from = null;
    frame.addEventListener('pointerdown', (event) => {
      if (event.pointerType === 'mouse' && event.button === 0) {
        from = { x: event.clientX, y: event.clientY, left: frame.scrollLeft, top: frame.scrollTop };
      }
    });
    window.addEventListener('pointermove', (event) => {
      if (from === null) {
        return;
      }
      const [right, down] = [event.clientX - from.x, event.clientY - from.y];
      if (Math.hypot(right, down) > 4) {
        frame.classList.add('dragged');
      }
      frame.scrollLeft = from.left - right;
      frame.scrollTop = from.top - down;
    });
    const drop = () => {
      from = null;
      frame.classList.remove('dragged');
    };
    window.addEventListener('pointerup', drop);
    window.addEventListener('pointercancel', drop);
  }

  return { resetZoom, startZoom, zoom };
})();
