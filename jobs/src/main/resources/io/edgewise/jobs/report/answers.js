/** The answers of the whole model and of the circuit that is shown, prompt by prompt. */
edgewise.answers = (function () {
  'use strict';

  const { byId, element, picture, shape } = edgewise.elements;
  const { count, rounded, signedShort, whole } = edgewise.numbers;

  const MARKS = {
    right: ['right', 'M2.5 8.5l3.5 3.5 7.5-8'],
    wrong: ['wrong', 'M3.5 3.5l9 9M12.5 3.5l-9 9'],
    other: ['neither', 'M3 8h10'],
  };

  function showAnswers(state) {
    const { answers } = state.study;
    byId('answers-section').hidden = answers.length === 0;
    if (!answers.length) {
      return;
    }
    const shown = answers.map((prompt) => ({
      prompt, full: told(prompt.full), circuit: told(nearest(prompt.circuits, state.size)),
    }));
    const [{ circuit: { edges } }] = shown;
    byId('answers-note').textContent = sentence(shown, edges, state.size);
    byId('answers').replaceChildren(...shown.map((one) => card(one, edges)));
  }

  function told([edges, token, probability, difference]) {
    return { edges, token, probability, difference };
  }

  /** The answer of the largest circuit of at most a size, or else of the smallest circuit. */
  function nearest(circuits, size) {
    return circuits.reduce((best, one) => (one[0] <= size ? one : best), circuits[0]);
  }

  function sentence(shown, edges, size) {
    const right = (which) => shown.filter(({ prompt, [which]: { token } }) => prompt.right.includes(token)).length;
    const judged = shown.some(({ prompt }) => prompt.right.length);
    const other = edges === size ? ''
      : 'What ' + count(size, 'edge', 'edges') + ' answer was not recorded; these are the answers of ' + whole(edges) + '. ';
    const verdict = 'the whole model is right on ' + whole(right('full')) + ', the circuit of '
      + count(edges, 'edge', 'edges') + ' on ' + whole(right('circuit')) + '.';
    return other + 'The most likely next token on ' + count(shown.length, 'prompt', 'prompts') + ' of those measured: '
      + (judged ? verdict : 'the whole model’s and the circuit’s.');
  }

  function card({ prompt, full, circuit }, edges) {
    return element('li', {},
      element('div', { class: 'prompt' },
        element('p', {}, element('span', { class: 'tag' }, 'Clean'), element('q', {}, prompt.clean)),
        !prompt.corrupt ? null
          : element('p', { class: 'corrupt' }, element('span', { class: 'tag' }, 'Corrupt'), element('q', {}, prompt.corrupt)),
        wanted(prompt)),
      said('Whole model', prompt, full),
      said('Circuit of ' + count(edges, 'edge', 'edges'), prompt, circuit));
  }

  /** Which answers count as right and wrong; at most a few of each. */
  function wanted({ right, wrong }) {
    const list = (tokens) => tokens.slice(0, 3).flatMap((token, index) => [index ? ' ' : null, chip(token)])
      .concat(tokens.length > 3 ? ' and ' + whole(tokens.length - 3) + ' more' : null);
    return right.length || wrong.length ? element('p', { class: 'wanted' },
      ...(right.length ? ['right: ', ...list(right)] : []), right.length && wrong.length ? ', ' : null,
      ...(wrong.length ? ['wrong: ', ...list(wrong)] : [])) : null;
  }

  function said(who, prompt, { token, probability, difference }) {
    const kind = prompt.right.includes(token) ? 'right' : prompt.wrong.includes(token) ? 'wrong' : 'other';
    const judged = prompt.right.length + prompt.wrong.length > 0;
    return element('div', { class: 'said' },
      element('p', { class: 'who' }, who),
      element('p', {}, chip(token), ' ', rounded(100 * probability, 3) + '%', judged ? mark(kind) : null),
      difference === null ? null
        : element('p', { class: 'difference' }, 'answer difference ', element('b', {}, signedShort(difference))));
  }

  function mark(kind) {
    const [word, path] = MARKS[kind];
    return element('span', { class: 'mark ' + kind }, picture(16, 16, shape('path', { d: path })), word);
  }

  /** A token, with the spaces that it begins or ends with made visible. */
  function chip(token) {
    const [, before, text, after] = /^(\s*)([^]*?)(\s*)$/.exec(token);
    const spaces = (some) => (some ? element('i', {}, some.replace(/\n/g, '\u21b5').replace(/\s/g, '\u2423')) : null);
    return element('code', { class: 'token' }, spaces(before), text, spaces(after));
  }

  return { showAnswers };
})();
