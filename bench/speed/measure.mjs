/** Small sums that the benches share: medians, and side-by-side timing of several ways to do the same. */

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * Milliseconds of processor time that each way takes for each input, the compiler's and the collector's threads
 * included: the least of `rounds`, the ways taking turns on every input so that what else the machine does falls on all
 * of them alike. By the clock a way that takes long would seem slower than it is on a busy machine: it is put off more
 * often than one that ends within a slice of time.
 */
export function sideBySide(inputs, ways, rounds) {
  const names = Object.keys(ways);
  const least = Object.fromEntries(names.map((name) => [name, new Float64Array(inputs.length).fill(Infinity)]));
  for (let round = 0; round < rounds; round++) {
    for (let at = 0; at < inputs.length; at++) {
      for (let turn = 0; turn < names.length; turn++) {
        const name = names[(turn + round) % names.length];
        const started = process.cpuUsage();
        ways[name](inputs[at]);
        const { user, system } = process.cpuUsage(started);
        least[name][at] = Math.min(least[name][at], (user + system) / 1000);
      }
    }
  }
  return least;
}

export const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
export const digits = (value, count = 2) => Number(value.toFixed(count));
