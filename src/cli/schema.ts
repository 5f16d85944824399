/** `tearsheet schema`: JSON Schemas, made from the zod schemas that the program itself checks with. */
import { z } from 'zod';
import { articleSchema, notArticleSchema, outcomeLineSchema } from '../article-schema.js';
import { settingsSchema } from '../settings.js';
import { EXIT, type ExitCode, UsageError } from './exit.js';
import { nearest } from './nearest.js';
import { openOutput } from './output.js';

const SCHEMAS: Readonly<
  Record<string, { readonly title: string; readonly schema: z.ZodType; readonly io: 'input' | 'output' }>
> = {
  record: { title: 'A record: one article', schema: articleSchema, io: 'output' },
  line: {
    title: 'A line of `tearsheet extract`: a record, a page that is no article, or what could not be had',
    schema: z.union([articleSchema, notArticleSchema, outcomeLineSchema]),
    io: 'output',
  },
  // As a user writes them: what has a default may be left out.
  settings: { title: 'Settings: tearsheet.json and --config', schema: settingsSchema, io: 'input' },
};

export async function schemaCommand(what: string): Promise<ExitCode> {
  const chosen = Object.hasOwn(SCHEMAS, what) ? SCHEMAS[what] : undefined;
  if (!chosen) {
    const names = Object.keys(SCHEMAS);
    const meant = nearest(what, names);
    throw new UsageError(
      `schema: there is none of ${JSON.stringify(what)}${meant ? `; did you mean ${meant}?` : `: choose ${names.join(', ')}`}`,
    );
  }
  const output = openOutput(undefined);
  await output.write(
    JSON.stringify({ title: chosen.title, ...z.toJSONSchema(chosen.schema, { io: chosen.io }) }, null, 2),
  );
  await output.end();
  return EXIT.done;
}
