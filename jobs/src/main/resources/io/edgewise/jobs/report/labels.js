/** The page's names of metrics, ways of patching and edges. */
edgewise.labels = (function () {
  'use strict';

  // In the order in which the page offers them; other metrics follow.
  const METRICS = {
    faithfulness: {
      label: 'Faithfulness',
      unit: '',
      note: 'Where the circuit’s answer difference lies between that with all edges ablated (0) and the whole model’s (1).',
    },
    answer_diff_percent: {
      label: 'Answer difference kept',
      unit: '%',
      note: 'The circuit’s answer difference (the logit of the right answers less that of the wrong ones) as a percentage of the whole model’s.',
    },
    answer_diff: {
      label: 'Answer difference',
      unit: 'logits',
      note: 'The mean logit of the right answers less the mean logit of the wrong ones.',
    },
    mse: {
      label: 'Mean squared error',
      unit: '',
      note: 'The mean squared error of the logits against the answers, which are numbers. Lower is closer.',
    },
    kl_div_clean: {
      label: 'KL divergence',
      unit: 'nats',
      note: 'How far the circuit’s next-token distribution is from the whole model’s on the clean prompts. Lower is closer.',
    },
    kl_div_corrupt: {
      label: 'KL divergence, corrupt',
      unit: 'nats',
      note: 'How far the circuit’s next-token distribution is from the whole model’s on the corrupt prompts.',
    },
    correct_answer_percent: {
      label: 'Correct answers',
      unit: '%',
      note: 'The share of prompts whose most likely next token is a right answer.',
    },
  };

  const PATCHES = {
    TREE_PATCH: 'runs the clean prompts; every edge outside the circuit is patched with the corrupt signal.',
    EDGE_PATCH: 'runs the corrupt prompts; the edges of the circuit are patched with the clean signal.',
  };

  function human(name) {
    const words = name.replace(/[_-]+/g, ' ').trim().toLowerCase();
    return words ? words[0].toUpperCase() + words.slice(1) : 'Unnamed';
  }

  /** The label, unit and note of a metric; for an unknown metric they are made from its name. */
  function metricOf(name) {
    if (Object.hasOwn(METRICS, name)) {
      return METRICS[name];
    }
    const percent = /(^|_)percent$/i.test(name);
    return { label: human(name.replace(/_percent$/i, '')), unit: percent ? '%' : '', note: '' };
  }

  function inOrder(metrics) {
    const known = Object.keys(METRICS);
    const place = (name) => (known.includes(name) ? known.indexOf(name) : known.length);
    return metrics.sort((a, b) => place(a) - place(b));
  }

  /** What a way of patching does, or null for one that the page doesn't know. */
  function patchNote(patch) {
    return Object.hasOwn(PATCHES, patch) ? PATCHES[patch] : null;
  }

  /** The input of a head that an edge runs to and, in brackets, its token position, where it has them. */
  function edgeSuffix(edge) {
    return (edge.input ? '.' + edge.input : '') + (Number.isInteger(edge.position) ? '[' + edge.position + ']' : '');
  }

  function edgeName(edge) {
    return edge.source + '->' + edge.destination + edgeSuffix(edge);
  }

  /** The layer of a head or MLP, or null. */
  function layerOf(node) {
    const found = /^(?:A|MLP |Resid Mid |Resid Post )(\d+)/.exec(node);
    return found ? Number(found[1]) : null;
  }

  /** The number of a head in its layer, or null where it isn't a head. */
  function headOf(node) {
    const found = /^A\d+\.(\d+)$/.exec(node);
    return found ? Number(found[1]) : null;
  }

  /** A token position, with its label where that is known. */
  function positionName({ study: { positions } }, position) {
    return position + (positions[position] === undefined ? '' : ': ' + positions[position]);
  }

  return { edgeName, edgeSuffix, headOf, human, inOrder, layerOf, metricOf, patchNote, positionName };
})();
