/** The format of numbers on the page. */
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
    if (!Number.isFinite(value)) {
      return (value < 0 ? MINUS : '') + '\u221e';
    }
    return String(Number(value.toPrecision(digits))).replace('-', MINUS);
  }

  /** A number with two decimals, to stand in a column. */
  function decimal(value) {
    return value.toFixed(2).replace('-', MINUS);
  }

  function withUnit(value, unit, digits) {
    if (value === null) {
      return 'not measured';
    }
    return rounded(value, digits) + (unit === '%' ? '%' : unit ? '\u00a0' + unit : '');
  }

  /** The ends of an interval, to follow its number; empty where it is unknown. */
  function between({ low, high }, digits) {
    return low === null || high === null ? '' : ' (' + rounded(low, digits) + ' to ' + rounded(high, digits) + ')';
  }

  /** A score with its sign, in enough digits to copy. */
  function signed(score) {
    return (score < 0 ? MINUS : score > 0 ? '+' : '') + (Number.isFinite(score) ? Math.abs(score).toPrecision(6) : '\u221e');
  }

  function signedShort(score, digits = 3) {
    return (score > 0 ? '+' : '') + rounded(score, digits);
  }

  /** A unit in which numbers up to a largest one are short, and their text in it. */
  function unitOf(largest) {
    const power = largest > 0 ? 3 * Math.floor(Math.log10(largest) / 3) : 0;
    const name = { '0': '', '3': 'in thousands', '-3': 'in thousandths', '-6': 'in millionths' }[power];
    const digits = largest > 0 ? 2 - Math.floor(Math.log10(largest)) + power : 0;
    const text = (number) => signedShort(Number((number / Math.pow(10, power)).toFixed(digits)));
    return { name: name ?? 'in units of 1e' + power, text };
  }

  /** The largest absolute value of some numbers, without infinite ones; 0 where there is none. */
  function largest(numbers) {
    return numbers.map(Math.abs).filter(Number.isFinite).reduce((most, one) => Math.max(most, one), 0);
  }

  /** JSON has no infinities, so an infinite score comes as null. ACDC gives one to edges that it never removes. */
  function score(given) {
    return given ?? Infinity;
  }

  return { between, count, decimal, largest, rounded, score, signed, signedShort, unitOf, whole, withUnit };
})();
