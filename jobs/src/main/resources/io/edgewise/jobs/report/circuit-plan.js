/** The places of a circuit's boxes and ribbons. The page has layouts of a few circuits; every other circuit is drawn as a part of one. */
edgewise.circuitPlan = (function () {
  'use strict';

  const DRAW_LIMIT = 400;

  /** The circuits that are laid out, the smallest first. */
  function plansOf(drawn) {
    return drawn.map(({ edges, plan }) => ({ ...plan, ribbons: new Map(edges.map((edge, index) => [edge, plan.ribbons[index]])) }));
  }

  /** At most as many edges as a picture takes, the strongest first, as a part of the smallest plan that has the most of them. */
  function pictureOf({ plans, nodes }, edges) {
    const wanted = edges.slice(0, DRAW_LIMIT);
    let plan = null;
    let shown = [];
    for (const one of plans) {
      const part = wanted.filter(({ place }) => one.ribbons.has(place));
      [plan, shown] = part.length > shown.length ? [one, part] : [plan, shown];
    }
    if (plan === null) {
      return null;
    }
    const boxes = new Map(plan.boxes.map(([name, label, left, top, width, height]) => [name, {
      node: nodes.get(name), label, left, top, width, height, reads: [], writes: [],
    }]));
    const bands = shown.map((edge) => {
      const [width, path] = plan.ribbons.get(edge.place);
      const [from, to] = [boxes.get(edge.source), boxes.get(edge.destination)];
      from.writes.push(edge);
      to.reads.push(edge);
      return { edge, width, path, from, to };
    });
    return { bands, boxes: [...boxes.values()].filter(({ reads, writes }) => reads.length + writes.length), perScore: plan.perScore };
  }

  return { pictureOf, plansOf };
})();
