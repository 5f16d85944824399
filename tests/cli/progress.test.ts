import { spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, it, vi } from 'vitest';
import { Progress } from '../../src/cli/progress.js';
import { Tally } from '../../src/cli/tally.js';

/** A terminal that breaks its lines anew when its width changes, with the few codes that the display uses. */
class Screen {
  columns = 120;
  /** Each as it was ended by a line feed. */
  #lines = [''];
  /** Index of the line, and column in it as if it were endlessly wide. */
  #at = { line: 0, column: 0 };

  write(text: string): boolean {
    for (const [token, rows, plain] of text.matchAll(/\x1b\[(\d*)[AJK]|([^\x1b])/g)) {
      if (plain !== undefined) this.#put(plain);
      else if (token.endsWith('A')) this.#up(Number(rows));
      else if (token.endsWith('K')) this.#lines[this.#at.line] = '';
      else {
        this.#lines.length = this.#at.line + 1;
        this.#lines[this.#at.line] = this.#lines[this.#at.line]!.slice(0, this.#at.column);
      }
    }
    return true;
  }

  /** What a reader sees. */
  get rows(): string[] {
    return this.#lines.flatMap((line) => this.#broken(line)).filter((row) => row !== '');
  }

  #broken(line: string): string[] {
    return line.match(new RegExp(`.{1,${this.columns}}`, 'g')) ?? [''];
  }

  #put(character: string): void {
    const { line, column } = this.#at;
    if (character === '\r') this.#at.column -= column % this.columns;
    else if (character === '\n') {
      this.#at = { line: line + 1, column: 0 };
      this.#lines[line + 1] ??= '';
    } else {
      const text = this.#lines[line]!.padEnd(column);
      this.#lines[line] = text.slice(0, column) + character + text.slice(column + 1);
      this.#at.column++;
    }
  }

  #up(rows: number): void {
    for (let left = rows; left > 0; left--) {
      if (this.#at.column >= this.columns) this.#at.column -= this.columns;
      else if (this.#at.line > 0) {
        const line = this.#at.line - 1;
        this.#at = { line, column: (this.#broken(this.#lines[line]!).length - 1) * this.columns };
      }
    }
  }
}

it('leaves nothing behind of its old lines when the terminal is made narrower or wider', async () => {
  const screen = new Screen();
  const tally = new Tally(Date.now());
  const host = 'https://example.org';
  const say = (path: string): void => tally.add({ type: 'request', host, url: `${host}/${path}` }, Date.now());
  screen.write('a line above\n');
  const progress = new Progress(tally, screen as unknown as NodeJS.WriteStream);
  try {
    for (const [step, columns] of [120, 50, 30, 8, 44, 120].entries()) {
      screen.columns = columns;
      say(`${step}/${'long-'.repeat(20)}`);
      progress.around(() => screen.write(`width ${columns}\n`));
      await vi.waitFor(() => expect(screen.rows.at(-1)).toMatch(/^h/), { timeout: 5000 });
    }
    screen.columns = 40;
    say('end');
    await vi.waitFor(() => expect(screen.rows.at(-1)).toBe(`${host}/end`), { timeout: 5000 });
    expect(screen.rows.filter((row) => /article|to do|long/.test(row))).toHaveLength(2);
  } finally {
    progress.close();
  }
  expect(screen.rows).toEqual(['a line above', ...[120, 50, 30, 8, 44, 120].map((columns) => `width ${columns}`)]);
});

const CHILD = fileURLToPath(new URL('progress-child.mjs', import.meta.url));

it.runIf(process.platform !== 'win32')(
  'takes itself away before Ctrl-Z stops it, and goes on below after fg',
  async () => {
    const child = spawn(process.execPath, [CHILD], { stdio: ['ignore', 'pipe', 'inherit'] });
    const writes: string[] = [];
    createInterface(child.stdout).on('line', (line) => writes.push(JSON.parse(line)));
    const isStopped = () =>
      /^T/.test(
        spawnSync('ps', ['-o', 'stat=', '-p', String(child.pid)])
          .stdout.toString()
          .trim(),
      );
    const patience = { timeout: 20_000, interval: 50 };
    try {
      await vi.waitFor(() => expect(writes.length).toBeGreaterThan(2), patience);
      child.kill('SIGTSTP');
      await vi.waitFor(() => expect(isStopped()).toBe(true), patience);
      await vi.waitFor(() => expect(writes.at(-1)).toMatch(/^\x1b\[\d+A\r\x1b\[J$/), patience);
      const before = writes.length;
      child.kill('SIGCONT');
      await vi.waitFor(() => expect(writes.length).toBeGreaterThan(before), patience);
      expect(writes[before]).toMatch(/^\r\x1b\[2K/);
    } finally {
      child.kill('SIGKILL');
    }
  },
  60_000,
);
