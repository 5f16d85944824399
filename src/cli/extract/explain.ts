/**
 * `extract --explain`: why a page was read as it was. In: the same inputs as `extract`. Out, per page: for each field
 * the candidates with where they stood and how far each place is trusted, and of the body every run of text, kept or
 * cut. Readable text, or one JSON object a line with `--json`. Never: another reading than that of `extract`.
 */

import type { Explanation } from '../../extract/explanation.js';
import { jsonLine } from '../../json-line.js';
import type { Outcome } from '../../outcome.js';
import { explainTask } from '../../pool/page-task.js';
import type { Settings } from '../../settings.js';
import { truncate } from '../columns.js';
import { EXIT, type ExitCode } from '../exit.js';
import type { Output } from '../output.js';
import type { Paint } from '../summary.js';
import { escapeJson, escapeText } from '../terminal.js';
import type { InputPage } from './page.js';
import { Web } from './web.js';

export interface ExplainOptions {
  readonly output: Output;
  readonly settings: Settings;
  readonly json: boolean;
  /** Columns of the reader's terminal; a file gets lines of the same width. */
  readonly columns: number;
  readonly paint: Paint;
}

export async function explainInputs(inputs: AsyncIterable<InputPage>, options: ExplainOptions): Promise<ExitCode> {
  const { output, json } = options;
  const web = new Web(options.settings);
  let code: ExitCode = EXIT.done;
  try {
    for await (const input of inputs) {
      const explained = await explain(input, web);
      if ('outcome' in explained) {
        code = EXIT.incomplete;
        const { name, reason, detail } = explained.outcome;
        process.stderr.write(
          `tearsheet: ${escapeText(`${explained.url ?? ''}: ${name} (${reason}${detail === undefined ? '' : `: ${detail}`})`)}\n`,
        );
      } else if (json) {
        const line = jsonLine(explained);
        await output.write(output.isTerminal ? escapeJson(line) : line);
      } else {
        for (const line of linesOf(explained, options)) await output.write(line);
      }
    }
    return code;
  } finally {
    await web.close();
  }
}

async function explain(
  input: InputPage,
  web: Web,
): Promise<Explanation | { readonly outcome: Outcome; readonly url?: string }> {
  if (input.kind === 'lost') return { outcome: input.outcome, ...(input.url !== undefined && { url: input.url }) };
  if (input.kind === 'page') return explainTask({ ...input.task, url: input.url, links: false });
  const fetched = await web.get(input.url);
  if (fetched.outcome) return { outcome: fetched.outcome, url: input.url };
  return explainTask({ ...fetched.task, url: fetched.capture.finalUrl, links: false });
}

/** Candidates of one field that are shown; a page may repeat one many times. `--json` has all. */
const MAX_CANDIDATES = 12;

function* linesOf({ url, verdict, fields, body }: Explanation, options: ExplainOptions): Generator<string> {
  const { columns, paint } = options;
  const line = (indent: string, ...parts: string[]): string =>
    indent + truncate(parts.map(escapeText).join('  '), columns - indent.length);
  yield paint('bold', line('', url));
  yield line('', verdict.isArticle ? `an article: ${verdict.type}` : `no article: ${verdict.reason}`);
  for (const [name, field] of Object.entries(fields)) {
    // The body is shown below, run by run.
    if (name === 'articleBody' || name === 'articleHtml') continue;
    yield '';
    const { value, from, confidence, candidates } = field;
    yield paint('bold', line('', `${name}: ${value === undefined ? 'none' : shown(value)}`));
    if (from !== undefined && confidence !== undefined) yield line('  ', `from ${from}, confidence ${confidence}`);
    for (const candidate of candidates.slice(0, MAX_CANDIDATES)) {
      const wins = value !== undefined && shown(candidate.value) === shown(value);
      const text = line(wins ? '  + ' : '    ', candidate.weight.toFixed(2), candidate.where, shown(candidate.value));
      yield wins ? paint('green', text) : text;
    }
    const more = candidates.length - MAX_CANDIDATES;
    if (more > 0) yield line('    ', `and ${more} more`);
  }
  yield '';
  const kept = body.filter((run) => run.kept).length;
  yield paint('bold', line('', `body: ${kept} of ${body.length} runs of text are kept`));
  for (const run of body) {
    const text = line(run.kept ? '  + ' : '  - ', run.score.toFixed(2), place(run.path), run.text);
    yield run.kept ? paint('green', text) : paint('gray', text);
  }
}

/** The innermost elements tell most. */
function place(path: string): string {
  return path.split('>').slice(-2).join('>');
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
