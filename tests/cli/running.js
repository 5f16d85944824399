/** Runs the built executable as a user does: real processes, pipes, pseudo-terminals and signals. */
import { spawn, spawnSync } from 'node:child_process';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
export const BIN = fileURLToPath(new URL('../../bin/tearsheet.js', import.meta.url));
export function run(args, options = {}) {
    const child = start(args, options);
    child.stdin.on('error', () => { });
    child.stdin.end(options.input ?? '');
    return ended(child);
}
export function start(args, { cwd, env } = {}) {
    return spawn(process.execPath, [BIN, ...args], { cwd, env: { ...process.env, ...env }, stdio: 'pipe' });
}
/** Collects what a process writes until it ends. */
export async function ended(child) {
    const out = [];
    const err = [];
    child.stdout?.on('data', (chunk) => out.push(chunk));
    child.stderr?.on('data', (chunk) => err.push(chunk));
    const code = await new Promise((resolve) => {
        child.on('close', (exitCode, signal) => resolve(exitCode ?? signal));
    });
    return { stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString(), code };
}
/** A shell command in which `tearsheet` is the executable. */
export function shell(command, { cwd, env, input } = {}) {
    const tearsheet = `tearsheet() { ${quote(process.execPath)} ${quote(BIN)} "$@"; }`;
    const child = spawn('bash', ['-c', `${tearsheet}\n${command}`], {
        cwd,
        env: { ...process.env, ...env },
        stdio: 'pipe',
    });
    child.stdin.on('error', () => { });
    child.stdin.end(input ?? '');
    return ended(child);
}
/** On a pseudo-terminal, by script(1): standard output and error are one, as on a screen. */
export function onTerminal(args, options = {}) {
    const command = [process.execPath, BIN, ...args].map(quote).join(' ');
    const child = spawn('script', ['-qefc', command, '/dev/null'], {
        cwd: options.cwd,
        env: { ...process.env, TERM: 'xterm', ...options.env },
        stdio: 'pipe',
    });
    child.stdin.on('error', () => { });
    return ended(child);
}
export const HAS_TERMINAL = spawnSync('script', ['-qefc', 'true', '/dev/null']).status === 0;
if (!HAS_TERMINAL)
    console.warn('script(1) of util-linux is not there: the tests on a terminal are skipped');
export function quote(text) {
    return `'${text.replaceAll("'", "'\\''")}'`;
}
/** A web server on loopback; `answer` returns a status and a body, or takes the response over. */
export async function serve(answer) {
    const requested = [];
    const server = createServer(async (request, response) => {
        const path = request.url ?? '/';
        requested.push(path);
        const reply = await answer(path, request, response);
        if (!reply)
            return;
        response.writeHead(reply.status ?? 200, { 'content-type': reply.type ?? 'text/html; charset=utf-8' });
        response.end(reply.body ?? '');
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    return {
        host: `http://127.0.0.1:${server.address().port}`,
        requested,
        close: () => new Promise((resolve) => {
            server.closeAllConnections();
            server.close(() => resolve());
        }),
    };
}
/** An article as plain as they come; the number makes it one of its own. */
export function articlePage(number, headline = `Council adopts plan number ${number}`) {
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
