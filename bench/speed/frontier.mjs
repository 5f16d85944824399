/** What a lead costs among 100,000 and among 10 million: bench/frontier.mjs, as part of the whole. */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export async function run() {
  const script = fileURLToPath(new URL('../frontier.mjs', import.meta.url));
  const rows = JSON.parse(
    execFileSync(process.execPath, [script, '--json', '100000', '10000000'], { encoding: 'utf8' }),
  );
  const claim = (what, key) => ({
    what: `${what}, in that among 100,000`,
    ratio: rows[1][`${key} ratio`],
    bar: 2,
    atMost: true,
  });
  return {
    title: 'Frontier: microseconds a lead, among 100,000 and among 10 million',
    rows: rows.map(({ leads, put, putKnown, nextDue, visit, 'bytes per lead': bytes, 'memory MB': mb }) => ({
      leads,
      put,
      'put, known': putKnown,
      'next due': nextDue,
      'taken and settled': visit,
      bytes,
      'memory MB': mb,
    })),
    claims: [
      claim('putting one of 10 million', 'put'),
      claim('putting a known one', 'putKnown'),
      claim('asking for the next', 'nextDue'),
      claim('taking and settling', 'visit'),
    ],
  };
}
