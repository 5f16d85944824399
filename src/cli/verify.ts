/** `tearsheet verify`: the damages of an archive, one a line on standard output; what was looked at on standard error. */
import { statSync } from 'node:fs';
import { verifyArchive } from '../archive/verify.js';
import { EXIT, type ExitCode, systemReason, UsageError } from './exit.js';
import { counted, size } from './figures.js';
import { openOutput } from './output.js';
import { escapeText } from './terminal.js';

export async function verifyCommand(folder: string, { quiet }: { readonly quiet?: boolean }): Promise<ExitCode> {
  requireFolder(folder);
  const output = openOutput(undefined);
  const found = verifyArchive(folder);
  let step = await found.next();
  for (; !step.done; step = await found.next()) {
    const { file, offset, problem } = step.value;
    // For people in the first place: names and texts in it may come from the web.
    await output.write(escapeText(`${file}${offset === undefined ? '' : ` at byte ${offset}`}: ${problem}`));
  }
  await output.end();
  const { files, bytes, runs, records, captures, problems } = step.value;
  if (!quiet) {
    const seen = [
      counted(runs, 'run'),
      counted(records, 'record'),
      counted(captures, 'capture'),
      `${counted(files, 'file')} (${size(bytes)})`,
    ];
    const verdict = problems === 0 ? 'everything is as it was written' : counted(problems, 'problem');
    process.stderr.write(`${escapeText(folder)}: ${verdict}; looked at ${seen.join(', ')}\n`);
  }
  return problems === 0 ? EXIT.done : EXIT.archive;
}

function requireFolder(folder: string): void {
  try {
    if (statSync(folder).isDirectory()) return;
  } catch (error) {
    throw new UsageError(`${folder}: cannot be read: ${systemReason(error)}`);
  }
  throw new UsageError(`${folder}: it is a file; name the folder of an archive`);
}
