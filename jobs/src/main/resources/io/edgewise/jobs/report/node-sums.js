/** The scores of the edges of each node, summed. */
edgewise.nodeSums = (function () {
  'use strict';

  const { score } = edgewise.numbers;

  /** The sums of what each node reads and writes in the circuit that is shown. */
  function sumsOfCircuit(state) {
    const sums = new Map([...state.nodes.keys()].map((name) => [name, { reads: none(), writes: none() }]));
    for (const edge of state.circuitOf(state)) {
      add(sums.get(edge.source).writes, edge.score);
      add(sums.get(edge.destination).reads, edge.score);
    }
    return sums;
  }

  /** The sums of what each node reads and writes in the whole graph. */
  function sumsOfAll(state) {
    return new Map([...state.nodes].map(([name, { reads, writes }]) => [name, { reads: whole(reads), writes: whole(writes) }]));
  }

  function whole(sum) {
    return { edges: sum.edges, score: score(sum.score) };
  }

  function none() {
    return { edges: 0, score: 0 };
  }

  function add(sum, score) {
    sum.edges++;
    sum.score += score;
  }

  function both({ reads, writes }) {
    return { edges: reads.edges + writes.edges, score: reads.score + writes.score };
  }

  return { both, sumsOfAll, sumsOfCircuit };
})();
