/**
 * Comes after the chart library's own layout, which lets columns sink to one side of a tall node, and stacks bands from a
 * node's top edge: puts columns, and bands on nodes, in the middle.
 */
edgewise.circuitLayout = (function () {
  'use strict';

  const AFTER_LAYOUT = 1100;

  function layOut(series) {
    const graph = series.getGraph();
    columnsOf(graph).forEach((nodes) => centreColumn(nodes, series.layoutInfo.height));
    graph.eachNode((node) => {
      centreBands(node, node.outEdges, 'sy');
      centreBands(node, node.inEdges, 'ty');
    });
    graph.eachEdge(keepApart);
  }

  function columnsOf(graph) {
    const columns = new Map();
    graph.eachNode((node) => {
      const { x } = node.getLayout();
      columns.set(x, [...(columns.get(x) || []), node]);
    });
    return columns;
  }

  function centreColumn(nodes, height) {
    const top = Math.min(...nodes.map((node) => node.getLayout().y));
    const bottom = Math.max(...nodes.map((node) => node.getLayout().y + node.getLayout().dy));
    const shift = (height - top - bottom) / 2;
    nodes.forEach((node) => node.setLayout({ y: node.getLayout().y + shift }, true));
  }

  function centreBands(node, edges, side) {
    const spare = node.getLayout().dy - edges.reduce((sum, edge) => sum + edge.getLayout().dy, 0);
    edges.forEach((edge) => edge.setLayout({ [side]: edge.getLayout()[side] + spare / 2 }, true));
  }

  /** Leaves a hair of space between bands that join the same two nodes. */
  function keepApart(edge) {
    const { sy, ty, dy } = edge.getLayout();
    if (dy > 4) {
      edge.setLayout({ sy: sy + 0.5, ty: ty + 0.5, dy: dy - 1 }, true);
    }
  }

  function startLayout() {
    echarts.registerLayout(AFTER_LAYOUT, (model) => model.eachSeriesByType('sankey', layOut));
  }

  return { startLayout };
})();
