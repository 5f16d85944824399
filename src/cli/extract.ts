/** `tearsheet extract`: pages in, one line each out, in the order of the inputs. The reading itself is src/extract/. */

import { jsonLine } from '../json-line.js';
import { mapConcurrently } from '../pool/ordered.js';
import type { Settings } from '../settings.js';
import { EXIT, type ExitCode, UsageError } from './exit.js';
import { checkInputs, readInputs } from './extract/inputs.js';
import type { InputKind } from './extract/kind.js';
import { LineMaker } from './extract/line.js';
import type { InputPage } from './extract/page.js';
import { counted } from './figures.js';
import { attributeOf, SETTING_OPTIONS } from './options.js';
import { openOutput } from './output.js';
import { escapeJson, escapeText } from './terminal.js';

export interface ExtractOptions {
  readonly from?: InputKind;
  readonly url?: string;
  readonly output?: string;
  readonly fields?: string;
  readonly unordered?: boolean;
  readonly explain?: boolean;
  readonly json?: boolean;
  readonly config?: string;
  readonly quiet?: boolean;
  readonly [setting: string]: unknown;
}

/** Inputs under way: enough addresses that other hosts are asked while one is waited for. */
const WIDTH = 256;
/** Of page text under way, in bytes; a larger page is read alone. */
const CAPACITY_BYTES = 64 * 2 ** 20;

export async function extractCommand(names: readonly string[], options: ExtractOptions): Promise<ExitCode> {
  const request = { names, from: options.from, url: options.url };
  checkInputs(request);
  let read: Settings | undefined;
  const settings = async (): Promise<Settings> => {
    const { readSettings } = await import('./settings.js');
    read ??= readSettings({ options, seeds: [], config: options.config });
    return read;
  };
  // Wrong ones are told before anything is read; without any, a page on disk needs none.
  const isSet = SETTING_OPTIONS.some(({ flags }) => options[attributeOf(flags)] !== undefined);
  const workers = isSet || options.config !== undefined ? (await settings()).workers : undefined;
  if (options.explain === true && options.fields !== undefined)
    throw new UsageError('--explain shows all fields: leave --fields out');
  if (options.json === true && options.explain !== true)
    throw new UsageError('--json goes with --explain; records are JSON already');
  const choose = options.fields === undefined ? whole : (await import('./fields.js')).readFields(options.fields);
  const output = openOutput(options.output);
  if (options.explain === true) {
    const { explainInputs } = await import('./extract/explain.js');
    const { paintFor } = await import('./telling.js');
    const paint = output.file === undefined ? paintFor(process.stdout) : (_: unknown, text: string) => text;
    const explaining = {
      output,
      settings: await settings(),
      json: options.json === true,
      columns: process.stdout.columns || 120,
      paint,
    };
    const code = await explainInputs(readInputs(request), explaining);
    await output.end();
    return code;
  }
  const lines = new LineMaker(settings, workers);
  const counts = { articles: 0, others: 0, lost: 0 };
  const concurrency = { width: WIDTH, capacity: CAPACITY_BYTES, weigh, ordered: options.unordered !== true };
  try {
    for await (const line of mapConcurrently(readInputs(request), concurrency, (page) => lines.make(page))) {
      const outcome = 'outcome' in line ? line.outcome : 'archived';
      if (outcome === 'archived') counts.articles++;
      else if (outcome === 'not-article') counts.others++;
      else counts.lost++;
      if ('detail' in line && line.detail !== undefined && (outcome !== 'not-article' || options.quiet !== true))
        process.stderr.write(`tearsheet: ${escapeText(line.detail)}\n`);
      const chosen = choose(line as unknown as Record<string, unknown>);
      // A person reads it: indented, and nothing in it reaches the terminal raw.
      await output.write(output.isTerminal ? escapeJson(JSON.stringify(chosen, null, 2)) : jsonLine(chosen));
    }
    await output.end();
    if (options.quiet !== true) tell(counts);
    return counts.lost > 0 ? EXIT.incomplete : EXIT.done;
  } finally {
    await lines.close();
    // A closed output must not leave us waiting for the rest of the input.
    process.stdin.destroy();
  }
}

const whole = <T>(line: T): T => line;

function weigh(page: InputPage): number {
  return page.kind === 'page' ? page.task.body.length : 0;
}

/** A single article speaks for itself. */
function tell({ articles, others, lost }: { articles: number; others: number; lost: number }): void {
  if (articles === 1 && others + lost === 0) return;
  const parts = [counted(articles, 'article')];
  if (others > 0) parts.push(`${counted(others, 'page')} that ${others === 1 ? 'is' : 'are'} no article`);
  if (lost > 0) parts.push(`${counted(lost, 'input')} that could not be had`);
  const nothing = articles + others + lost === 0 ? ': there was nothing in the input' : '';
  process.stderr.write(`tearsheet: ${parts.join(', ')}${nothing}\n`);
}
