/**
 * How a run is told on standard error: the live display on a terminal, log lines otherwise and where the data goes into
 * a pipe, nothing but errors when quiet. One object gets all the events; everything that a command says of a run goes through it, so that lines never
 * tear the display.
 */
import { fstatSync } from 'node:fs';
import { styleText } from 'node:util';
import type { CrawlEvent, CrawlSummary } from '../events.js';
import { UsageError } from './exit.js';
import { counted, duration } from './figures.js';
import { clock, eventLine, levelOf, prettyLine } from './log.js';
import type { TellingOptions } from './options.js';
import { Progress } from './progress.js';
import { renderReextraction } from './reread-table.js';
import {
  type Known,
  type Paint,
  renderHosts,
  renderOutcomes,
  renderSeeds,
  renderWhereabouts,
  SEEDS_NAMED,
} from './summary.js';
import { Tally } from './tally.js';
import { escapeText } from './terminal.js';

/** On plain logs, how often a run that has nothing else to say shows that it lives. */
const SIGN_OF_LIFE_MS = 30_000;

type Form = 'display' | 'pretty' | 'json' | 'quiet';

export class Telling {
  readonly tally = new Tally(Date.now());
  readonly #form: Form;
  readonly #verbose: boolean;
  readonly #err = process.stderr;
  readonly #progress: Progress | undefined;
  readonly #signOfLife: NodeJS.Timeout | undefined;

  constructor(options: TellingOptions, environment: NodeJS.ProcessEnv = process.env) {
    this.#form = chooseForm(options, this.#err.isTTY === true && !isPlain(environment) && !isPiped(process.stdout));
    this.#verbose = options.verbose === true;
    if (this.#form === 'display') this.#progress = new Progress(this.tally, this.#err);
    if (this.#form === 'pretty') {
      this.#signOfLife = setInterval(() => this.#sayHowFar(), SIGN_OF_LIFE_MS);
      this.#signOfLife.unref();
    }
  }

  readonly event = (event: CrawlEvent): void => {
    const nowMs = Date.now();
    this.tally.add(event, nowMs);
    if (this.#form === 'quiet') return;
    const level = levelOf(event);
    if (this.#form === 'json') {
      // The reader of a log wants every outcome; the traffic is for --verbose.
      if (level !== 'debug' || event.type === 'outcome' || this.#verbose) this.#write(eventLine(event, nowMs));
    } else if (event.type === 'run-finished' || (event.type === 'article' && !this.#verbose)) {
      // The table says it, or the record itself does.
    } else if (level === 'warn' || (level === 'info' && this.#form === 'pretty') || this.#verbose) {
      this.#write(prettyLine(event, nowMs));
    }
  };

  /** A message for people; silent in logs for programs and when quiet. */
  say(message: string): void {
    if (this.#form === 'display' || this.#form === 'pretty') this.#write(escapeText(message));
  }

  /** Lets another write to the terminal without tearing the display. */
  around(write: () => void): void {
    if (this.#progress) this.#progress.around(write);
    else write();
  }

  /** Takes the display away; nothing is drawn any more. */
  close(): void {
    this.#progress?.close();
    clearInterval(this.#signOfLife);
  }

  finish(summary: CrawlSummary, known: Known): void {
    this.close();
    const paint = paintFor(this.#err);
    if (this.#form === 'display' || this.#form === 'pretty') {
      if (this.#verbose) this.#writeAll([...renderHosts(summary.perHost, paint), '']);
      this.#writeAll([...renderOutcomes(summary.outcomes, paint, this.#err.columns || undefined), '']);
    }
    this.#writeSeeds(paint);
    if (this.#form === 'display' || this.#form === 'pretty') this.#writeAll(renderWhereabouts(summary, known));
  }

  finishDiscovery(summary: CrawlSummary, leads: number): void {
    this.close();
    this.#writeSeeds(paintFor(this.#err));
    const effort = `${counted(summary.requests, 'request')}, ${duration(summary.durationMs)}`;
    this.say(`${counted(leads, 'lead')} (${effort})${summary.interrupted ? '; interrupted, there may be more' : ''}`);
  }

  finishReextraction(summary: CrawlSummary, output: string | undefined): void {
    this.close();
    if (this.#form === 'display' || this.#form === 'pretty')
      this.#writeAll(renderReextraction(summary, output, paintFor(this.#err)));
  }

  /** Seeds that brought nothing are what the user wants to hear of first. */
  #writeSeeds(paint: Paint): void {
    if (this.#form === 'json') return;
    const lost = this.tally.lostSeeds();
    const isQuiet = this.#form === 'quiet';
    const seeds = isQuiet ? lost : [...lost, ...this.tally.emptySeeds()];
    // Quiet is for errors, and for a reader who wants no list: a single one has its name, of more the sum is told.
    const named = this.#verbose ? seeds.length : !isQuiet ? SEEDS_NAMED : seeds.length === 1 ? 1 : 0;
    this.#writeAll(renderSeeds(seeds, named, paint));
  }

  #sayHowFar(): void {
    const { articles, held, waiting, requests } = this.tally;
    this.#write(
      `${clock(Date.now())} ${counted(articles, 'article')}, ${counted(requests, 'request')}, ${counted(Math.max(0, waiting - held), 'lead')} to do`,
    );
  }

  #writeAll(lines: readonly string[]): void {
    for (const line of lines) this.#write(line);
  }

  #write(line: string): void {
    this.around(() => this.#err.write(`${line}\n`));
  }
}

function chooseForm({ log, quiet }: TellingOptions, canDraw: boolean): Form {
  if (log !== undefined && log !== 'json' && log !== 'pretty')
    throw new UsageError(`--log: expected pretty or json, got ${JSON.stringify(log)}`);
  if (quiet) return 'quiet';
  return log ?? (canDraw ? 'display' : 'pretty');
}

/** Whoever reads the pipe may write to the terminal too (`| jq .headline`), and the display would be drawn over that. */
function isPiped({ fd }: { readonly fd: number }): boolean {
  const kind = fstatSync(fd);
  return kind.isFIFO() || kind.isSocket();
}

/** The user or the terminal wants no control codes (https://no-color.org, and terminals that cannot move the cursor). */
function isPlain({ NO_COLOR, TERM }: NodeJS.ProcessEnv): boolean {
  return (NO_COLOR !== undefined && NO_COLOR !== '') || TERM === 'dumb';
}

/** Colours for that stream, or none. */
export function paintFor(stream: NodeJS.WriteStream, environment: NodeJS.ProcessEnv = process.env): Paint {
  if (stream.isTTY !== true || isPlain(environment)) return (_, text) => text;
  return (style, text) => styleText(style, text, { validateStream: false });
}
