/** Scales of charts: round numbers for an axis, and the words for them. */

const STEPS = [1, 2, 2.5, 5, 10];
const FINE = 1e-9;

/** An axis over some numbers: its ends and its ticks; zero is always on it. */
export function axisOver(values, count) {
  const known = values.filter((value) => value !== null);
  const [least, most] = [Math.min(0, ...known), Math.max(0, ...known)];
  const step = roundStep((most - least || 1) / count);
  const low = Math.floor(least / step + FINE) * step;
  const high = Math.max(Math.ceil(most / step - FINE) * step, low + step);
  const ticks = [];
  for (let index = 0; low + index * step <= high + step / 2; index += 1) ticks.push(clean(low + index * step));
  return { low, high: ticks.at(-1), ticks };
}

/** Where a number stands on an axis: 0 at its low end, 1 at its high end. */
export function share(axis, value) {
  return (value - axis.low) / (axis.high - axis.low);
}

/** A maker of words for ticks: "1,5 млн", "20 %"; small numbers are written whole. */
export function tickText(locale, percent) {
  const options = percent
    ? { style: "percent", maximumFractionDigits: 1 }
    : { notation: "compact", maximumFractionDigits: 2 };
  const format = new Intl.NumberFormat(locale, options);
  return (value) => format.format(value);
}

function roundStep(rough) {
  const power = 10 ** Math.floor(Math.log10(rough));
  return STEPS.find((step) => step * power >= rough * (1 - FINE)) * power;
}

/** Sums of steps such as 0.1 leave dust behind. */
function clean(value) {
  return Number(value.toPrecision(12));
}
