/** What the page's charts share: their creation, colours, font and tooltips. */
edgewise.charts = (function () {
  'use strict';

  const { byId, element } = edgewise.elements;

  const charts = new Map();

  /** The chart in an element, made when first asked for. */
  function chart(id, whenMade = () => {}) {
    if (!charts.has(id)) {
      charts.set(id, echarts.init(byId(id), null, { renderer: 'svg' }));
      whenMade(charts.get(id));
    }
    return charts.get(id);
  }

  /** Gives the style sheet's colours by name. */
  function theme() {
    const style = getComputedStyle(document.documentElement);
    return (name) => style.getPropertyValue('--' + name).trim();
  }

  function fonts() {
    return getComputedStyle(document.body).fontFamily;
  }

  /** How a tooltip looks. */
  function tooltip(color) {
    return {
      className: 'tip',
      confine: true,
      transitionDuration: 0,
      backgroundColor: color('surface'),
      borderColor: color('strong-line'),
      borderWidth: 1,
      padding: [9, 12],
      textStyle: { color: color('ink'), fontFamily: fonts(), fontSize: 14 },
      extraCssText: 'border-radius: 8px; box-shadow: 0 8px 24px rgb(0 0 0 / 16%);',
    };
  }

  /** The content of a tooltip: rows of a label, a value and sometimes a colour. */
  function tip(title, rows, after, named) {
    const list = element('dl');
    for (const [label, value, swatch] of rows) {
      const mark = swatch ? element('i') : null;
      if (mark) {
        mark.style.background = swatch;
      }
      list.append(element('dt', {}, mark, label), element('dd', {}, value));
    }
    return element('div', {}, element('h4', { class: named ? 'name' : null }, title), list,
      after ? element('p', { class: 'after' }, after) : null);
  }

  return { chart, fonts, theme, tip, tooltip };
})();
