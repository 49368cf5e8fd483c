/** The intervals of the curve's values, as bands behind its lines. */
edgewise.curveBand = (function () {
  'use strict';

  const { seriesColor } = edgewise.curveLegend;
  const { byId } = edgewise.elements;
  const { logPlace } = edgewise.scale;
  const { pointsOf } = edgewise.study;

  function bands(state, view) {
    const bounded = state.series.map((series) => pointsOf(state, series, state.metric).filter(hasInterval));
    byId('curve-band').hidden = bounded.every((points) => points.length < 2);
    return bounded.map((points, index) => area(points, view.color(seriesColor(index)), 0.16));
  }

  function hasInterval(point) {
    return point.interval.low !== null && point.interval.high !== null;
  }

  /** The shape between the lower and the upper ends of the points' intervals. It is drawn with the first point; the other points only make the axis leave room. */
  function area(points, fill, opacity) {
    return {
      type: 'custom',
      name: 'interval',
      silent: true,
      clip: true,
      z: 2,
      tooltip: { show: false },
      encode: { x: 0, y: [1, 2] },
      data: points.map((point) => [logPlace(point.achievedEdges), point.interval.low, point.interval.high]),
      renderItem: (params, api) => (params.dataIndex > 0 ? null : {
        type: 'polygon',
        shape: { points: outline(points).map((corner) => api.coord(corner)) },
        style: { fill, opacity },
      }),
    };
  }

  /** Along the upper ends, and back along the lower ones. */
  function outline(points) {
    const corner = (end) => (point) => [logPlace(point.achievedEdges), point.interval[end]];
    return [...points.map(corner('high')), ...points.map(corner('low')).reverse()];
  }

  return { area, bands };
})();
