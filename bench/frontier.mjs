/**
 * What a lead costs in the frontier: put if new, taken, settled; at several sizes, in one run. Run on the build:
 *
 *   npm run build && node bench/frontier.mjs [leads…]      default: 100000 1000000
 *
 * Prints microseconds per lead, the ratio to the first size, memory and file size. Leads lie on one host per hundred.
 * The clock's time and the processor's: on a busy machine the second is the one to compare.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  options: { dist: { type: 'string', default: '../dist' }, json: { type: 'boolean' } },
  allowPositionals: true,
});
const { SqliteFrontier } = await import(`${values.dist}/frontier/sqlite.js`);
const { openState } = await import(`${values.dist}/state.js`);

const sizes = positionals.length > 0 ? positionals.map(Number) : [100_000, 1_000_000];
const LEADS_PER_HOST = 100;
const BATCH = 500;
/** Visits are measured on this many leads at every size: a crawl asks for few of ten million. */
const VISITS = 20_000;
const outcome = { name: 'not-article', reason: 'section' };

const rows = [];
for (const size of sizes) rows.push(measure(size));
for (const row of rows)
  for (const name of ['put', 'putKnown', 'nextDue', 'visit'])
    for (const kind of ['', ' (processor)'])
      row[`${name} ratio${kind}`] = Number((row[name + kind] / rows[0][name + kind]).toFixed(2));
if (values.json) console.log(JSON.stringify(rows));
else {
  console.log(`node ${process.version}, ${process.platform} ${process.arch}; microseconds per lead`);
  console.table(rows);
}

function measure(size) {
  const directory = mkdtempSync(join(tmpdir(), 'frontier-bench-'));
  const file = join(directory, 'state.db');
  try {
    const db = openState(file);
    const frontier = new SqliteFrontier(db);
    frontier.beginRun('first', 0);
    const hosts = Math.max(1, Math.round(size / LEADS_PER_HOST));
    const put = perLead('put', size, () => {
      for (let from = 0; from < size; from += BATCH) frontier.put(batch(from, Math.min(size, from + BATCH), hosts));
    });
    const known = Math.min(size, 50_000);
    const putKnown = perLead('putKnown', known, () => {
      for (let from = 0; from < known; from += BATCH) frontier.put(batch(from, Math.min(known, from + BATCH), hosts));
    });
    const nextDue = perLead('nextDue', VISITS, () => {
      // The answer is remembered until a host changes.
      for (let index = 0; index < VISITS; index++) {
        frontier.free(`https://www.site-${index % hosts}.example`, 0);
        frontier.nextDueMs();
      }
    });
    const visits = Math.min(size, VISITS);
    let taken = 0;
    const visit = perLead('visit', visits, () => {
      while (taken < visits) {
        const leads = frontier.take(32, 60_000, taken);
        for (const { host } of leads) frontier.free(host, taken);
        db.transaction(() => frontier.settle(leads.map(({ id }) => ({ id, outcome }))))();
        taken += leads.length;
      }
    });
    const started = performance.now();
    frontier.beginRun('second', Date.now());
    const beginRun = performance.now() - started;
    const startedCounts = performance.now();
    const { waiting } = frontier.counts();
    const counts = performance.now() - startedCounts;
    if (waiting !== size - taken) throw new Error(`${waiting} leads waited, ${size - taken} expected`);
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    db.close();
    return {
      leads: size,
      hosts,
      ...put,
      ...putKnown,
      ...nextDue,
      ...visit,
      'beginRun ms': Math.round(beginRun),
      'counts ms': Math.round(counts),
      'bytes per lead': Math.round(statSync(file).size / size),
      'memory MB': Math.round(process.memoryUsage.rss() / 1e6),
    };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function perLead(name, leads, work) {
  const started = performance.now();
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  const each = (microseconds) => Number((microseconds / leads).toFixed(1));
  return { [name]: each((performance.now() - started) * 1000), [`${name} (processor)`]: each(user + system) };
}

function batch(from, to, hosts) {
  const leads = [];
  for (let index = from; index < to; index++)
    leads.push({
      // Not in the order of the hosts: what one document names lies on few of them, but documents come from all.
      url: `https://www.site-${Math.floor(index / 20) % hosts}.example/news/2017/11/${index % 28}/story-of-number-${index}.html`,
      kind: 'page',
      source: 'sitemap',
      foundOn: `https://www.site-${Math.floor(index / 20) % hosts}.example/sitemap.xml`,
      depth: 1,
      articleLikelihood: (index % 10) / 10,
      datePublished: `2017-11-${String((index % 28) + 1).padStart(2, '0')}`,
    });
  return leads;
}
