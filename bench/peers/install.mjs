/**
 * The peers that are measured beside us, installed when first asked for, outside the repository: in
 * `$TEARSHEET_BENCH_CACHE`, or `tearsheet-bench` in the system's folder for temporary files.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const NODE_PEERS = ['crawlee@3', '@mozilla/readability@0.6', 'linkedom@0.18'];
const PYTHON_PEERS = ['trafilatura', 'lxml_html_clean', 'scrapy'];

/** `node`: a folder with node_modules; `python`: an interpreter. What cannot be installed is left out, and said. */
export async function installPeers() {
  const folder = process.env.TEARSHEET_BENCH_CACHE ?? join(tmpdir(), 'tearsheet-bench');
  mkdirSync(folder, { recursive: true });
  const node = attempt('Node peers', () => nodePeers(join(folder, 'node')));
  const python = attempt('Python peers', () => pythonPeers(join(folder, 'venv')));
  return {
    ...(node && { node }),
    ...(python && { python }),
    versions: { ...versionsOf(node), ...pythonVersions(python) },
  };
}

function attempt(what, install) {
  try {
    return install();
  } catch (error) {
    console.error(
      `${what} could not be installed, so nothing is compared with them: ${String(error.message).split('\n')[0]}`,
    );
    return undefined;
  }
}

function nodePeers(folder) {
  if (!existsSync(join(folder, 'installed'))) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{"private":true}');
    execFileSync('npm', ['install', '--no-audit', '--no-fund', ...NODE_PEERS], { cwd: folder, stdio: 'pipe' });
    writeFileSync(join(folder, 'installed'), '');
  }
  return folder;
}

function pythonPeers(folder) {
  const python = join(folder, 'bin', 'python');
  if (!existsSync(join(folder, 'installed'))) {
    execFileSync('python3', ['-m', 'venv', folder], { stdio: 'pipe' });
    execFileSync(python, ['-m', 'pip', 'install', '--quiet', ...PYTHON_PEERS], { stdio: 'pipe' });
    writeFileSync(join(folder, 'installed'), '');
  }
  return python;
}

function versionsOf(folder) {
  if (folder === undefined) return {};
  const names = NODE_PEERS.map((peer) => peer.slice(0, peer.lastIndexOf('@')));
  return Object.fromEntries(
    names.map((name) => [
      name,
      JSON.parse(readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8')).version,
    ]),
  );
}

function pythonVersions(python) {
  if (python === undefined) return {};
  const script = `from importlib.metadata import version\nprint(*[f"{n} {version(n)}" for n in ${JSON.stringify(PYTHON_PEERS)}], sep="\\n")`;
  const lines = execFileSync(python, ['-c', script], { encoding: 'utf8' }).trim().split('\n');
  return Object.fromEntries(lines.map((line) => line.split(' ')));
}
