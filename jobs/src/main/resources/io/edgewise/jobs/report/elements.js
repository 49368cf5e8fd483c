/** Finding and making elements of the page. */
edgewise.elements = (function () {
  'use strict';

  function byId(id) {
    return document.getElementById(id);
  }

  /** An element with attributes and children, nulls left out; strings become text, never markup. */
  function element(tag, attributes = {}, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value !== null) {
        made.setAttribute(name, String(value));
      }
    }
    made.append(...children.filter((child) => child !== null));
    return made;
  }

  /** An SVG shape. */
  function shape(tag, attributes) {
    const made = document.createElementNS('http://www.w3.org/2000/svg', tag);
    for (const [name, value] of Object.entries(attributes)) {
      made.setAttribute(name, String(value));
    }
    return made;
  }

  /** A small decorative picture, hidden from screen readers. */
  function picture(width, height, ...shapes) {
    const made = shape('svg', { width, height, viewBox: '0 0 ' + width + ' ' + height, 'aria-hidden': 'true' });
    made.append(...shapes);
    return made;
  }

  /** Arrow keys move through a group of buttons, of which one is chosen. */
  function roving(group, choose) {
    group.addEventListener('keydown', (event) => {
      const buttons = [...group.children];
      const from = buttons.indexOf(document.activeElement);
      const to = {
        ArrowRight: from + 1, ArrowDown: from + 1, ArrowLeft: from - 1, ArrowUp: from - 1, Home: 0, End: buttons.length - 1,
      }[event.key];
      if (to === undefined || from < 0) {
        return;
      }
      event.preventDefault();
      const index = (to + buttons.length) % buttons.length;
      choose(index);
      group.children[index].focus();
    });
  }

  return { byId, element, picture, roving, shape };
})();
