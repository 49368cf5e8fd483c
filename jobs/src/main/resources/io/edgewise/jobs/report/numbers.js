/** How numbers read on the page. */
edgewise.numbers = (function () {
  'use strict';

  const MINUS = '\u2212';

  function whole(number) {
    return number.toLocaleString('en-US');
  }

  function count(number, one, many) {
    return whole(number) + ' ' + (number === 1 ? one : many);
  }

  function rounded(value, digits) {
    return String(Number(value.toPrecision(digits))).replace('-', MINUS);
  }

  function withUnit(value, unit, digits) {
    if (value === null) {
      return 'not measured';
    }
    return rounded(value, digits) + (unit === '%' ? '%' : unit ? '\u00a0' + unit : '');
  }

  /** A score with its sign, in as many digits as a reader may want to copy. */
  function signed(score) {
    return (score < 0 ? MINUS : score > 0 ? '+' : '') + Math.abs(score).toPrecision(6);
  }

  function signedShort(score, digits = 3) {
    return (score > 0 ? '+' : '') + rounded(score, digits);
  }

  return { count, rounded, signed, signedShort, whole, withUnit };
})();
