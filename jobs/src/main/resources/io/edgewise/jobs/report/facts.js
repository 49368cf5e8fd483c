/** How a study was made. */
edgewise.facts = (function () {
  'use strict';

  const { byId, element } = edgewise.elements;

  function showFacts({ study: { facts } }) {
    byId('facts-section').hidden = facts.length === 0;
    byId('facts').replaceChildren(...facts.map((fact) =>
      element('div', {}, element('dt', {}, fact.label), element('dd', {}, fact.value))));
  }

  return { showFacts };
})();
