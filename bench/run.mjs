/**
 * What is claimed about speed, measured: each claim beside a peer in the same run, as a ratio.
 *
 *   npm run bench                            all of it, on the pages of fixtures/
 *   npm run bench -- --corpus DIR            on real pages (see bench/accuracy/corpus.mjs for the form)
 *   npm run bench -- extraction start        some of it
 *   npm run bench -- --save                  keep the result in bench/results/, by the day and the benches asked for
 *   npm run bench -- --no-peers              without the peers that have to be installed (bench/peers/install.mjs)
 *
 * Each bench runs in a process of its own, one after the other. Prints the machine, the versions and a table.
 */
import { execFileSync, spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { installPeers } from './peers/install.mjs';

const BENCHES = ['extraction', 'sizes', 'shapes', 'pool', 'crawl', 'polite', 'start', 'archive', 'frontier'];

const { values, positionals } = parseArgs({
  options: {
    corpus: { type: 'string' },
    every: { type: 'string' },
    save: { type: 'boolean', default: false },
    peers: { type: 'boolean', default: true },
  },
  allowNegative: true,
  allowPositionals: true,
});
const wanted = positionals.length > 0 ? positionals : BENCHES;
for (const name of wanted) {
  if (BENCHES.includes(name)) continue;
  console.error(`no bench is called ${name}; there are ${BENCHES.join(', ')}`);
  process.exit(2);
}

const peers = values.peers ? await installPeers() : { versions: {} };
const options = {
  ...(values.corpus && { corpus: values.corpus }),
  ...(values.every && { every: Number(values.every) }),
  peers,
};
const result = {
  takenAt: new Date().toISOString(),
  machine: {
    processor: cpus()[0]?.model ?? 'unknown',
    processors: availableParallelism(),
    memoryGb: Math.round(totalmem() / 2 ** 30),
    platform: `${process.platform} ${process.arch}`,
    load: loadavg()[0],
  },
  versions: { node: process.version, tearsheet: revision(), ...peers.versions },
  pages: values.corpus ? 'a corpus of real pages' : 'fixtures/',
  benches: [],
};
say(
  `${result.machine.processor}, ${result.machine.processors} processors, ${result.machine.memoryGb} GB, ${result.machine.platform}, load ${result.machine.load.toFixed(1)}`,
);
say(
  Object.entries(result.versions)
    .map(([name, version]) => `${name} ${version}`)
    .join(', '),
);
for (const name of wanted) {
  const bench = await runApart(name);
  result.benches.push(bench);
  say(textOf(bench));
}
if (values.save) {
  const name = [result.takenAt.slice(0, 10), ...positionals].join('-');
  const stem = fileURLToPath(new URL(`./results/${name}`, import.meta.url));
  writeFileSync(`${stem}.json`, `${JSON.stringify(result, null, 2)}\n`);
  writeFileSync(`${stem}.md`, markdownOf(result));
  say(`kept in ${stem}.json and .md`);
}

function revision() {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  try {
    return `${version} (${execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim()})`;
  } catch {
    return version;
  }
}

/** Its last line on standard output is the result. */
function runApart(name) {
  return new Promise((resolve) => {
    const child = spawn(
      process.execPath,
      ['--expose-gc', fileURLToPath(new URL('./speed/child.mjs', import.meta.url)), name, JSON.stringify(options)],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    let out = '';
    child.stdout.setEncoding('utf8').on('data', (chunk) => {
      out += chunk;
    });
    child.on('close', (code) => {
      try {
        resolve(JSON.parse(out.trimEnd().split('\n').at(-1)));
      } catch {
        resolve({ name, title: name, rows: [], claims: [], notes: [`broke off with code ${code}`] });
      }
    });
  });
}

function textOf({ title, rows, claims, notes }) {
  const lines = [`\n${title}`];
  if (rows.length > 0) lines.push(...columns(rows).map((line) => `  ${line}`));
  for (const claim of claims) lines.push(`  ${claimText(claim)}`);
  for (const note of notes ?? []) lines.push(`  ${note}`);
  return lines.join('\n');
}

function claimText({ what, ratio, bar, atMost }) {
  const holds = atMost ? ratio <= bar : ratio >= bar;
  return `${holds ? 'holds ' : 'MISSED'} ${what}: ${ratio.toFixed(2)} (bar: ${atMost ? 'at most' : 'at least'} ${bar})`;
}

function columns(rows) {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const cells = [names, ...rows.map((row) => names.map((name) => String(row[name] ?? '')))];
  const widths = names.map((_, at) => Math.max(...cells.map((row) => row[at].length)));
  return cells.map((row) =>
    row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at]) : cell.padStart(widths[at]))).join('  '),
  );
}

function markdownOf({ takenAt, machine, versions, pages, benches }) {
  return `# Speed, ${takenAt.slice(0, 10)}

${machine.processor}, ${machine.processors} processors, ${machine.memoryGb} GB, ${machine.platform}; load when it began ${machine.load.toFixed(1)}.
${Object.entries(versions)
  .map(([name, version]) => `${name} ${version}`)
  .join(', ')}. Pages: ${pages}.
${benches
  .map(
    (bench) =>
      `\n## ${bench.title}\n\n\`\`\`\n${textOf(bench)
        .split('\n')
        .slice(2)
        .map((line) => line.slice(2))
        .join('\n')}\n\`\`\``,
  )
  .join('\n')}
`;
}

function say(line) {
  console.log(line);
}
