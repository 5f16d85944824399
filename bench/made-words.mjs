/** Words drawn anew from a number: the same each time, and nothing that compresses too well. For pages made by benches. */
export function wordsFrom(number) {
  let state = number + 1;
  const random = (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const words = (count) =>
    Array.from({ length: count }, () => (random(46656) + 1296).toString(36).replace(/\d/g, 'e')).join(' ');
  return { random, words };
}
