/**
 * The live display: a few lines at the bottom of a terminal that are redrawn in place. Redraws at most ten times a
 * second and only when something has changed; takes itself away before anything else is written.
 */
import { OUTCOMES } from '../outcome.js';
import { columnsOf, truncate } from './columns.js';
import { count, counted, duration, size } from './figures.js';
import type { Tally } from './tally.js';
import { escapeText } from './terminal.js';

const REDRAW_MS = 100;
const WAITS_SHOWN = 3;

const CLEAR_LINE = '\x1b[2K';
const CLEAR_BELOW = '\x1b[J';
const up = (rows: number) => (rows > 0 ? `\x1b[${rows}A` : '');

export class Progress {
  readonly #tally: Tally;
  readonly #terminal: NodeJS.WriteStream;
  readonly #timer: NodeJS.Timeout;
  #drawn: readonly string[] = [];

  constructor(tally: Tally, terminal: NodeJS.WriteStream) {
    this.#tally = tally;
    this.#terminal = terminal;
    this.#timer = setInterval(() => this.#draw(), REDRAW_MS);
    // A crawl that is over must not wait for its own display.
    this.#timer.unref();
    process.on('SIGTSTP', this.#stop);
  }

  /** Writes something of another's above the display. */
  around(write: () => void): void {
    this.#clear();
    write();
  }

  close(): void {
    clearInterval(this.#timer);
    process.off('SIGTSTP', this.#stop);
    this.#clear();
  }

  /** Ctrl-Z: the shell writes to the same terminal until `fg`, and its lines are not to be drawn over. */
  readonly #stop = (): void => {
    this.#clear();
    process.kill(process.pid, 'SIGSTOP');
  };

  get #columns(): number {
    return this.#terminal.columns || 80;
  }

  /** A terminal that was made narrower since has broken the lines that no longer fit. */
  #rowsDrawn(): number {
    return this.#drawn.reduce((rows, line) => rows + Math.max(1, Math.ceil(columnsOf(line) / this.#columns)), 0);
  }

  #draw(): void {
    const lines = renderProgress(this.#tally, Date.now(), this.#columns);
    if (lines.length === this.#drawn.length && lines.every((line, at) => line === this.#drawn[at])) return;
    const frame = lines.map((line) => `${CLEAR_LINE}${line}\n`).join('');
    this.#terminal.write(`${up(this.#rowsDrawn())}\r${frame}${CLEAR_BELOW}`);
    this.#drawn = lines;
  }

  #clear(): void {
    if (this.#drawn.length > 0) this.#terminal.write(`${up(this.#rowsDrawn())}\r${CLEAR_BELOW}`);
    this.#drawn = [];
  }
}

/** The lines of the display, each safe for a terminal and narrower than it, so that none wraps. */
export function renderProgress(tally: Tally, nowMs: number, columns: number): string[] {
  const open = Math.max(0, tally.waiting - tally.held);
  const outcomes = OUTCOMES.flatMap((name) =>
    tally.countOf(name) > 0 ? [`${count(tally.countOf(name))} ${name}`] : [],
  );
  const waits = tally.waits(nowMs);
  const lines = [
    [
      counted(tally.articles, 'article') + (tally.held > 0 ? ` + ${count(tally.held)} read` : ''),
      `${tally.rate(nowMs).toFixed(1)} pages/s`,
      // Captures are read again without any.
      ...(tally.requests > 0 || tally.bytes === 0 ? [counted(tally.requests, 'request')] : []),
      size(tally.bytes),
      duration(Math.floor((nowMs - tally.startedMs) / 1000) * 1000),
    ].join(' · '),
    [`${count(open)} to do`, ...outcomes].join(' · '),
  ];
  if (waits.length > 0) lines.push(`waiting for ${waitsInWords(waits, nowMs)}`);
  if (tally.activity !== '') lines.push(escapeText(tally.activity));
  return lines.map((line) => truncate(line, columns - 1));
}

function waitsInWords(waits: ReturnType<Tally['waits']>, nowMs: number): string {
  const shown = waits.slice(0, WAITS_SHOWN).map(({ host, untilMs, why }) => {
    const name = host === undefined ? 'all hosts' : escapeText(host.replace(/^https?:\/\//, ''));
    const seconds = Math.ceil((untilMs - nowMs) / 1000);
    return `${name} ${seconds < 60 ? `${seconds} s` : duration(seconds * 1000)} (${why})`;
  });
  const more = waits.length - shown.length;
  return shown.join(', ') + (more > 0 ? ` and ${counted(more, 'more host')}` : '');
}
