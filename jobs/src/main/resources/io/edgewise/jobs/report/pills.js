/** Rows of buttons of which one is chosen, and tables with keyboard navigation. */
edgewise.pills = (function () {
  'use strict';

  const { roving } = edgewise.elements;

  /** Makes a group of buttons, each with a value, a choice of one; the first is chosen. */
  function startPills(group, choose) {
    const take = (index) => {
      showPill(group, index);
      choose(group.children[index].value);
    };
    showPill(group, 0);
    group.addEventListener('click', ({ target }) => {
      const index = [...group.children].indexOf(target);
      if (index >= 0) {
        take(index);
      }
    });
    roving(group, take);
  }

  function showPill(group, index) {
    [...group.children].forEach((button, place) => {
      button.setAttribute('aria-checked', String(place === index));
      button.tabIndex = place === index ? 0 : -1;
    });
  }

  /** Arrow keys move from cell to cell of a table; Enter or the space bar chooses one. */
  function walk(table, take) {
    table.addEventListener('keydown', (event) => {
      const from = event.target.closest('td[data-node]');
      const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
      if (from && step) {
        event.preventDefault();
        const to = next(table, from, step);
        if (to) {
          from.tabIndex = -1;
          to.tabIndex = 0;
          to.focus();
        }
      } else if (from && (event.key === 'Enter' || event.key === ' ')) {
        event.preventDefault();
        take(from);
      }
    });
  }

  /** The next cell in a direction that can be chosen, skipping those that can't. */
  function next(table, from, [right, down]) {
    const [body] = table.tBodies;
    let row = from.parentElement.sectionRowIndex + down;
    let column = from.cellIndex + right;
    while (body.rows[row] && body.rows[row].cells[column]) {
      if (body.rows[row].cells[column].dataset.node) {
        return body.rows[row].cells[column];
      }
      row += down;
      column += right;
    }
    return null;
  }

  return { showPill, startPills, walk };
})();
