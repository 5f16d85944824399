/** `--since`, `--site`, `--latest` …: which articles of an archive a command looks at. */
import type { Command } from 'commander';
import type { Selection } from '../selection.js';
import { isEmptyRange } from '../timespan.js';
import { UsageError } from './exit.js';

export interface SelectionOptions {
  readonly since?: string;
  readonly until?: string;
  readonly site?: string[];
  readonly author?: string[];
  readonly section?: string[];
  readonly latest?: boolean;
}

/** What the days are compared with differs from command to command. */
export function addSelectionOptions(command: Command, what = 'articles published'): Command {
  const gather = (value: string, before: string[] = []) => [...before, value];
  return command
    .option('--since <date>', `only ${what} on or after this day, month or year`)
    .option('--until <date>', `only ${what} on or before it`)
    .option('--site <site>', 'only this domain or host; may be repeated', gather)
    .option('--author <name>', 'only where an author has this in the name; may be repeated', gather)
    .option('--section <name>', 'only this section; may be repeated', gather);
}

/** Throws UsageError. */
export async function readSelection(options: SelectionOptions): Promise<Selection> {
  const { selectionSchema } = await import('../selection.js');
  const { since, until, site, author, section, latest } = options;
  const given = Object.entries({ since, until, site, author, section, latest }).filter(
    ([, value]) => value !== undefined,
  );
  const checked = selectionSchema.safeParse(Object.fromEntries(given));
  if (checked.success) {
    if (since !== undefined && until !== undefined && isEmptyRange(since, until))
      throw new UsageError(`--since ${since} is after --until ${until}: nothing can match`);
    return checked.data;
  }
  const { path, message } = checked.error.issues[0]!;
  const name = String(path[0]);
  const got = options[name as keyof SelectionOptions];
  throw new UsageError(`--${name}: ${message}, got ${JSON.stringify(Array.isArray(got) ? got.at(-1) : got)}`);
}
