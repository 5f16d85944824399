/** `--fields a,b,c`: which keys of a record are written, in that order. */
import { articleSchema, notArticleSchema, outcomeLineSchema } from '../article-schema.js';
import { UsageError } from './exit.js';
import { nearest } from './nearest.js';

type Line = Readonly<Record<string, unknown>>;
export type ChooseFields = (line: Line) => Line;

const KNOWN: ReadonlySet<string> = new Set(
  [articleSchema, notArticleSchema, outcomeLineSchema].flatMap((schema) => Object.keys(schema.shape)),
);

/** What tells that a line is no record; kept whatever is chosen, so that no line can be taken for one. */
const ALWAYS = ['outcome', 'reason', 'detail'] as const;

/** Throws UsageError for a name that no record has. */
export function readFields(names: string | undefined): ChooseFields {
  if (names === undefined) return (line) => line;
  const chosen = names.split(',').map((name) => name.trim());
  for (const name of chosen) {
    if (KNOWN.has(name)) continue;
    const meant = nearest(name, KNOWN);
    throw new UsageError(
      `--fields: no record has ${JSON.stringify(name)}${meant ? `; did you mean ${meant}?` : ' (see: tearsheet schema record)'}`,
    );
  }
  return (line) => {
    const keys = 'outcome' in line ? [...ALWAYS, ...chosen] : chosen;
    return Object.fromEntries(keys.filter((key) => line[key] !== undefined).map((key) => [key, line[key]]));
  };
}
