/**
 * `tearsheet verify`: the damages of an archive, one a line on standard output; what was looked at, and what a repair
 * did, on standard error. With `--json`, all of it as one object on standard output.
 */
import { type Repaired, repairArchive } from '../archive/repair.js';
import { type Problem, type Verified, verifyArchive } from '../archive/verify.js';
import { frontierRestorer } from '../crawl/restore.js';
import { requireFolder } from './archive-folder.js';
import { EXIT, type ExitCode } from './exit.js';
import { counted, size } from './figures.js';
import { openOutput } from './output.js';
import { escapeText } from './terminal.js';

export interface VerifyOptions {
  readonly repair?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

export async function verifyCommand(folder: string, options: VerifyOptions): Promise<ExitCode> {
  requireFolder(folder);
  const output = openOutput(undefined);
  const problems: Problem[] = [];
  const onProblem = async (found: Problem): Promise<void> => {
    if (options.json) problems.push(found);
    // For people in the first place: names and texts in it may come from the web.
    else await output.write(escapeText(lineOf(found)));
  };
  const repaired = options.repair ? await repairArchive(folder, { onProblem, restore: frontierRestorer }) : undefined;
  // After a repair that had something to do, this counts what is there now.
  const seen = await look(folder, repaired ? () => {} : onProblem);
  if (options.json)
    await output.write(JSON.stringify({ archive: folder, ...seen, problems, ...(repaired && { repaired }) }));
  await output.end();
  if (!options.quiet) {
    if (repaired) tellRepair(folder, repaired);
    tell(folder, seen);
  }
  if (seen.problems > 0) return EXIT.archive;
  return repaired?.setAside.some((file) => !MADE_ANEW.test(file)) ? EXIT.incomplete : EXIT.done;
}

/** Of these nothing is lost. */
const MADE_ANEW = /^set-aside\/(?:state\.db|index\.cdxj)/;

async function look(folder: string, onProblem: (problem: Problem) => Promise<void> | void): Promise<Verified> {
  const found = verifyArchive(folder);
  let step = await found.next();
  for (; !step.done; step = await found.next()) await onProblem(step.value);
  return step.value;
}

function lineOf({ file, offset, problem }: Problem): string {
  return `${file}${offset === undefined ? '' : ` at byte ${offset}`}: ${problem}`;
}

function tell(folder: string, { files, bytes, runs, records, captures, problems }: Verified): void {
  const seen = [
    counted(runs, 'run'),
    counted(records, 'record'),
    counted(captures, 'capture'),
    `${counted(files, 'file')} (${size(bytes)})`,
  ];
  const verdict = problems === 0 ? 'everything is as it was written' : counted(problems, 'problem');
  process.stderr.write(`${escapeText(folder)}: ${verdict}; looked at ${seen.join(', ')}\n`);
}

function tellRepair(folder: string, { problems, rebuilt, setAside, left }: Repaired): void {
  const say = (text: string) => process.stderr.write(`${escapeText(`${folder}: ${text}`)}\n`);
  if (problems === 0) return;
  if (rebuilt.length > 0) say(`made anew from the other files: ${rebuilt.join(', ')}`);
  for (const file of setAside) say(`the original is kept as ${file}`);
  if (left.length > 0) say(`${counted(left.length, 'problem')} could not be mended: ${lineOf(left[0]!)}`);
}
