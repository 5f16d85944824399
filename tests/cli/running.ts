/** Runs the built executable as a user does: real processes, pipes, pseudo-terminals and signals. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';

export const BIN = fileURLToPath(new URL('../../bin/tearsheet.js', import.meta.url));

export interface Ran {
  readonly stdout: string;
  readonly stderr: string;
  /** The exit code; a process that a signal ended has the signal's name. */
  readonly code: number | NodeJS.Signals;
}

export interface RunOptions {
  readonly input?: string | Uint8Array;
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
}

export interface TerminalOptions extends RunOptions {
  /** A command of the shell that reads standard output and is on the same terminal. */
  readonly reader?: string;
}

export function run(args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const child = start(args, options);
  child.stdin!.on('error', () => {});
  child.stdin!.end(options.input ?? '');
  return ended(child);
}

export function start(args: readonly string[], { cwd, env }: RunOptions = {}): ChildProcess {
  return spawn(process.execPath, [BIN, ...args], { cwd, env: { ...process.env, ...env }, stdio: 'pipe' });
}

/** Collects what a process writes until it ends. */
export async function ended(child: ChildProcess): Promise<Ran> {
  const out: Uint8Array[] = [];
  const err: Uint8Array[] = [];
  child.stdout?.on('data', (chunk: Uint8Array) => out.push(chunk));
  child.stderr?.on('data', (chunk: Uint8Array) => err.push(chunk));
  const code = await new Promise<number | NodeJS.Signals>((resolve) => {
    child.on('close', (exitCode, signal) => resolve(exitCode ?? signal!));
  });
  return { stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString(), code };
}

/** A shell command in which `tearsheet` is the executable. */
export function shell(command: string, { cwd, env, input }: RunOptions = {}): Promise<Ran> {
  const tearsheet = `tearsheet() { ${quote(process.execPath)} ${quote(BIN)} "$@"; }`;
  const child = spawn('bash', ['-c', `${tearsheet}\n${command}`], {
    cwd,
    env: { ...process.env, ...env },
    stdio: 'pipe',
  });
  child.stdin.on('error', () => {});
  child.stdin.end(input ?? '');
  return ended(child);
}

/** On a pseudo-terminal, by script(1): standard output and error are one, as on a screen. */
export function onTerminal(args: readonly string[], options: TerminalOptions = {}): Promise<Ran> {
  const command = [process.execPath, BIN, ...args].map(quote).join(' ');
  const whole = options.reader === undefined ? command : `${command} | ${options.reader}`;
  const child = spawn('script', ['-qefc', whole, '/dev/null'], {
    cwd: options.cwd,
    env: { ...process.env, TERM: 'xterm', ...options.env },
    stdio: 'pipe',
  });
  child.stdin.on('error', () => {});
  return ended(child);
}

export const HAS_TERMINAL = spawnSync('script', ['-qefc', 'true', '/dev/null']).status === 0;
if (!HAS_TERMINAL) console.warn('script(1) of util-linux is not there: the tests on a terminal are skipped');

export function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

export interface Site {
  /** `http://127.0.0.1:12345` */
  readonly host: string;
  readonly requested: string[];
  close(): Promise<void>;
}

/** A web server on loopback; `answer` returns a status and a body, or takes the response over. */
export async function serve(
  answer: (
    path: string,
    request: IncomingMessage,
    response: ServerResponse,
  ) => Reply | undefined | Promise<Reply | undefined>,
): Promise<Site> {
  const requested: string[] = [];
  const server = createServer(async (request, response) => {
    const path = request.url ?? '/';
    requested.push(path);
    const reply = await answer(path, request, response);
    if (!reply) return;
    response.writeHead(reply.status ?? 200, { 'content-type': reply.type ?? 'text/html; charset=utf-8' });
    response.end(reply.body ?? '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    host: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requested,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

export interface Reply {
  readonly status?: number;
  readonly type?: string;
  readonly body?: string | Uint8Array;
}

/** An article as plain as they come; the number makes it one of its own. */
export function articlePage(number: number, headline = `Council adopts plan number ${number}`): string {
  const paragraphs = [
    `The council adopted plan number ${number} on Thursday evening after a debate of three hours, with nine votes to four.`,
    'Members of the opposition had asked for more time to read the report, which was published only two days before the vote.',
    'The mayor said that the work would begin in spring, and that the bridge would stay open to pedestrians throughout.',
    `Residents of district ${number} will be invited to a hearing, where engineers are to explain what is planned for each street.`,
  ];
  return `<!doctype html><html lang="en"><head><title>${headline}</title>
<meta property="og:type" content="article"><meta property="og:title" content="${headline}">
<meta property="article:published_time" content="2017-11-23T18:${String(10 + (number % 50)).padStart(2, '0')}:00+03:00"></head>
<body><header><nav><a href="/">Front page</a></nav></header>
<main><article><h1>${headline}</h1>${paragraphs.map((text) => `<p>${text}</p>`).join('\n')}</article></main>
<footer><p>All rights reserved</p></footer></body></html>`;
}
