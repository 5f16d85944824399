#!/usr/bin/env node
/**
 * One crawl over every site of the replayed web: real pages, real HTTP through a proxy, the real command line.
 *
 *   node bench/replay-crawl.mjs --shared ../shared [--only aed,fundus,scrapinghub] [--keep] [-- more options of crawl]
 *
 * In: the folder that holds `corpus/` and `web/replay.mjs`. Out: what was found and missed, what was asked for, time
 * and memory, against the bars below; exit code 1 when one is not met. Never: changes what it measures, beside
 * `--delay 0`, which only a replayed web may be given.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ProxyAgent, request } from 'undici';

const BARS = { archivedShare: 0.98, falseRecords: 0, disallowed: 0, memoryBytes: 500 * 1e6 };
const TEARSHEET = fileURLToPath(new URL('../bin/tearsheet.js', import.meta.url));

const { values: options, positionals: passedOn } = parseArgs({
  options: {
    shared: { type: 'string' },
    only: { type: 'string', default: 'aed,fundus,scrapinghub' },
    keep: { type: 'boolean', default: false },
  },
  allowPositionals: true,
});
if (!options.shared) {
  console.error(
    'usage: node bench/replay-crawl.mjs --shared DIR [--only aed,fundus,scrapinghub] [--keep] [-- OPTIONS]',
  );
  process.exit(2);
}

const folder = mkdtempSync(join(tmpdir(), 'tearsheet-replay-'));
const archive = join(folder, 'archive');
const replay = await startReplay();
try {
  const agent = new ProxyAgent({ uri: replay.proxy, proxyTunnel: false });
  const ask = async (path) => (await request(`http://replay.test${path}`, { dispatcher: agent })).body.json();
  const sites = await ask('/sites');
  const truth = await ask('/truth');
  console.log(`${sites.length} seeds, ${truth.length} articles (${options.only})`);

  const run = await crawl(sites.map(({ seed }) => seed));
  const stats = await ask('/stats');
  await agent.close();
  const met = report({ run, stats, truth, sites });
  process.exitCode = met ? 0 : 1;
} finally {
  replay.process.kill();
  if (options.keep) console.log(`kept: ${folder}`);
  else rmSync(folder, { recursive: true, force: true });
}

/** Port 0 lets the system choose; the address stands in the first lines that it prints. */
async function startReplay() {
  const child = spawn(
    process.execPath,
    [
      resolve(options.shared, 'web/replay.mjs'),
      ...['--corpus', resolve(options.shared, 'corpus'), '--only', options.only, '--port', '0'],
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let proxy;
  for await (const line of createInterface({ input: child.stdout })) {
    proxy ??= /on (http:\/\/127\.0\.0\.1:\d+)/.exec(line)?.[1];
    const certificates = /^NODE_EXTRA_CA_CERTS=(.+)$/.exec(line)?.[1];
    if (proxy && certificates) return { process: child, proxy, certificates };
  }
  throw new Error('replay.mjs ended before it was listening');
}

async function crawl(seeds) {
  const started = performance.now();
  const child = spawn(
    process.execPath,
    [
      ...[TEARSHEET, 'crawl', '--seeds', '-', '--archive', archive, '--log', 'json'],
      ...['--delay', '0', '--proxy', replay.proxy, ...passedOn],
    ],
    {
      stdio: ['pipe', 'inherit', 'pipe'],
      env: { ...process.env, NODE_EXTRA_CA_CERTS: replay.certificates, NO_COLOR: '1' },
    },
  );
  const outcomes = new Map();
  const warnings = [];
  createInterface({ input: child.stderr }).on('line', (line) => {
    if (!line.startsWith('{')) return console.error(line);
    const event = JSON.parse(line);
    if (event.event === 'warning') warnings.push(event);
    if (event.event === 'outcome')
      for (const url of spellings(event.url)) outcomes.set(url, `${event.outcome.name} (${event.outcome.reason})`);
  });
  child.stdin.end(`${seeds.join('\n')}\n`);
  let peakBytes = 0;
  const watch = setInterval(() => {
    peakBytes = Math.max(peakBytes, peakOf(child.pid));
  }, 200);
  const exitCode = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(code ?? signal));
  });
  clearInterval(watch);
  return { exitCode, peakBytes, outcomes, warnings, seconds: (performance.now() - started) / 1000 };
}

/** VmHWM is the kernel's own high-water mark: nothing between two looks is missed. Elsewhere there is no figure. */
function peakOf(pid) {
  try {
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}

function report({ run, stats, truth, sites }) {
  const records = linesOf('records', '.jsonl').map((line) => JSON.parse(line));
  const manifests = readdirSync(join(archive, 'runs')).map((file) =>
    JSON.parse(readFileSync(join(archive, 'runs', file), 'utf8')),
  );
  const recordAt = new Map();
  for (const record of records)
    for (const url of [record.url, record.canonicalUrl, record.capture?.finalUrl])
      for (const spelling of spellings(url)) recordAt.set(spelling, record);
  const missed = truth.filter(({ url }) => !spellings(url).some((spelling) => recordAt.has(spelling)));
  const known = new Set(truth.flatMap(({ url }) => spellings(url)));
  const falseRecords = records.filter((record) =>
    [record.url, record.canonicalUrl, record.capture?.finalUrl].every(
      (url) => !spellings(url).some((spelling) => known.has(spelling)),
    ),
  );
  const twice = records.length - new Set(records.map(({ url }) => url)).size;
  const summary = manifests.at(-1)?.summary ?? {};
  const counted = Object.values(summary.outcomes ?? {}).reduce(
    (sum, reasons) => sum + Object.values(reasons).reduce((a, b) => a + b, 0),
    0,
  );
  const found = truth.length - missed.length;

  const bars = [
    [
      'articles archived',
      `${found} of ${truth.length}, ${percent(found / truth.length)}`,
      found / truth.length >= BARS.archivedShare,
      `at least ${percent(BARS.archivedShare)}`,
    ],
    ['records of other pages', falseRecords.length, falseRecords.length <= BARS.falseRecords, 'none'],
    ['URLs with two records', twice, twice === 0, 'none'],
    ['disallowed requests', stats.disallowed, stats.disallowed <= BARS.disallowed, 'none'],
    ['outcomes add up', `${counted} outcomes, ${summary.leads} leads`, counted === summary.leads, 'the same'],
    [
      'peak memory',
      run.peakBytes ? `${Math.round(run.peakBytes / 1e6)} MB` : 'not known here',
      run.peakBytes < BARS.memoryBytes,
      `under ${BARS.memoryBytes / 1e6} MB`,
    ],
    ['exit code', run.exitCode, run.exitCode === 0 || run.exitCode === 1, '0, or 1 with failed leads'],
  ];
  console.log(
    `\nwall time ${run.seconds.toFixed(1)} s, ${stats.requests} requests (${stats.missing} answered 404), ${(stats.requests / found).toFixed(2)} requests per article`,
  );
  for (const [name, value, met, wanted] of bars)
    console.log(`${met ? 'met   ' : 'MISSED'}  ${name}: ${value} (wanted: ${wanted})`);

  console.log('\noutcomes:');
  for (const [name, reasons] of Object.entries(summary.outcomes ?? {}))
    console.log(`  ${name}: ${JSON.stringify(reasons)}`);
  for (const { code, message, url } of run.warnings.slice(0, 20))
    console.log(`warning ${code}: ${message} ${url ?? ''}`);
  const kinds = new Map(sites.map(({ seed, kind }) => [new URL(seed).host, kind]));
  if (missed.length > 0) {
    console.log('\nmissed, by outcome:');
    const groups = new Map();
    for (const miss of missed) {
      const spelling = spellings(miss.url).find((each) => run.outcomes.has(each));
      const reason = spelling === undefined ? 'never a lead' : run.outcomes.get(spelling);
      groups.set(reason, [...(groups.get(reason) ?? []), miss]);
    }
    for (const [reason, misses] of groups) {
      console.log(`  ${reason}: ${misses.length}`);
      for (const { url, dataset } of misses) console.log(`    ${dataset} ${kinds.get(new URL(url).host)} ${url}`);
    }
  }
  for (const record of falseRecords)
    console.log(`record of another page: ${record.url} ${JSON.stringify(record.headline)}`);
  return bars.every(([, , met]) => met);
}

/** With and without what a normal form may change: escapes, fragment, `www.`, scheme and a slash at the end. */
function spellings(url) {
  if (!url) return [];
  const bare = (text) =>
    text
      .replace(/^https?:\/\/(?:www\.)?/, '')
      .replace(/#.*$/, '')
      .replace(/\/$/, '');
  try {
    return [url, bare(url), bare(new URL(url).href), bare(decodeURI(new URL(url).href))];
  } catch {
    return [url];
  }
}

function linesOf(directory, ending) {
  return readdirSync(join(archive, directory))
    .filter((file) => file.endsWith(ending))
    .sort()
    .flatMap((file) => readFileSync(join(archive, directory, file), 'utf8').split('\n'))
    .filter((line) => line !== '');
}

function percent(share) {
  return `${(share * 100).toFixed(1)}%`;
}
