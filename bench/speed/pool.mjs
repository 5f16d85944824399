/**
 * The pool: what a second worker brings, and whether memory stays flat over 100,000 pages. Pages are moved to the
 * workers, so each task gets bytes of its own, copied here beforehand by the one that asks.
 */
import { availableParallelism } from 'node:os';
import { optimiseLater } from '../../dist/cli/optimising.js';
import { createPool } from '../../dist/pool/pool.js';
import { digits, median } from './measure.mjs';
import { loadPages } from './pages.mjs';

const ROUNDS = 3;
const MANY = 100_000;

export async function run({ corpus, every = 4, many = MANY }) {
  const pages = [];
  for await (const { url, bytes } of loadPages({ corpus, every: corpus ? every : 1 })) pages.push({ url, bytes });
  const count = Math.max(400, pages.length);
  // As the commands that read many pages do.
  optimiseLater();
  const before = restingMb();
  // A pool of its own, before any other: what a lone worker leaves in the allocator is no part of what two need.
  const pool = createPool({ workers: 2 });
  const peaks = [];
  const started = performance.now();
  for (let part = 0; part < 10; part++) {
    let peak = 0;
    const watch = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage.rss());
    }, 50);
    await readMany(pool, pages, many / 10);
    clearInterval(watch);
    peaks.push(Math.round(peak / 2 ** 20));
  }
  const seconds = (performance.now() - started) / 1000;
  await pool.close();

  const pools = { 1: createPool({ workers: 1 }), 2: createPool({ workers: 2 }) };
  for (const pool of Object.values(pools)) await readMany(pool, pages, count);
  const rates = { 1: [], 2: [] };
  for (let round = 0; round < ROUNDS; round++)
    for (const workers of round % 2 ? [2, 1] : [1, 2])
      rates[workers].push(await readMany(pools[workers], pages, count));
  for (const each of Object.values(pools)) await each.close();
  const ratios = rates[2].map((rate, round) => rate / rates[1][round]);
  return {
    title: `Pool: ${pages.length} pages, ${availableParallelism()} processors`,
    rows: [
      { what: '1 worker', 'pages/s': digits(median(rates[1]), 0) },
      { what: '2 workers', 'pages/s': digits(median(rates[2]), 0) },
      { what: `${many} pages`, 'pages/s': digits(many / seconds, 0), 'peak MB of each tenth': peaks.join(' ') },
    ],
    claims: [
      { what: '2 workers, in the rate of one', ratio: median(ratios), bar: 1.8, atMost: false },
      {
        what: `MB at most over ${many} pages, the corpus itself (${before} MB) not counted`,
        ratio: Math.max(...peaks) - before,
        bar: 400,
        atMost: true,
      },
      { what: 'peak of the last tenth, in that of the second', ratio: peaks[9] / peaks[1], bar: 1.1, atMost: true },
    ],
  };
}

/** What the process holds before any page is read: the pages, mostly. */
function restingMb() {
  globalThis.gc?.();
  const sizes = process.memoryUsage();
  return Math.round((sizes.arrayBuffers + sizes.heapUsed) / 2 ** 20);
}

/** Reads `count` pages, over and over the same; pages a second. */
async function readMany(pool, pages, count) {
  const started = performance.now();
  let next = 0;
  const lane = async () => {
    while (next < count) {
      const { url, bytes } = pages[next++ % pages.length];
      await pool.read({ url, body: Uint8Array.from(bytes), links: true });
    }
  };
  await Promise.all(Array.from({ length: pool.width }, lane));
  return count / ((performance.now() - started) / 1000);
}
