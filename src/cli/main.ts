/**
 * The command's front door: from `process.argv` to an exit code. Expected faults become one clear message on standard
 * error; anything else is a bug and is shown with where it happened.
 */
import type { CommanderError } from 'commander';
import { VERSION } from '../version.js';
import { EXIT, type ExitCode, OutputClosed } from './exit.js';
import { escapeText } from './terminal.js';

/** Never throws. */
export async function main(argv: readonly string[]): Promise<ExitCode> {
  // Our own messages may meet a closed pipe too (`2>&1 | head`); there is nobody left to tell.
  process.stderr.on('error', () => {});
  process.stdout.on('error', () => {});
  try {
    return await run(argv);
  } catch (error) {
    if (error instanceof OutputClosed) return EXIT.done;
    complain(error);
    return (error instanceof Error && EXIT_CODES[error.name]) || EXIT.incomplete;
  }
}

async function run(argv: readonly string[]): Promise<ExitCode> {
  // Scripts ask for it often: without building the whole program.
  if (argv.length === 3 && (argv[2] === '--version' || argv[2] === '-V')) {
    process.stdout.write(`${VERSION}\n`);
    return EXIT.done;
  }
  const { createProgram } = await import('./program.js');
  let code: ExitCode = EXIT.done;
  const program = createProgram((result) => {
    code = result;
  });
  for (const command of [program, ...program.commands]) command.exitOverride();
  if (argv.length <= 2) {
    program.outputHelp({ error: true });
    return EXIT.usage;
  }
  try {
    await program.parseAsync(argv as string[]);
  } catch (error) {
    // Commander has said what is wrong already.
    if (error instanceof Error && error.name === 'CommanderError')
      return (error as CommanderError).exitCode === 0 ? EXIT.done : EXIT.usage;
    throw error;
  }
  return code;
}

/** Faults of the surroundings that have an exit code of their own, by the name of the error. */
const EXIT_CODES: Readonly<Record<string, ExitCode>> = {
  UsageError: EXIT.usage,
  SeedError: EXIT.usage,
  ArchiveSettingsError: EXIT.usage,
  ArchiveLockedError: EXIT.archive,
  ArchiveDamagedError: EXIT.archive,
  ArchiveFormatError: EXIT.archive,
  ArchiveUnwritableError: EXIT.usage,
  StateUnreadableError: EXIT.usage,
  ArchiveFullError: EXIT.incomplete,
};

/** Faults that are not bugs are told by their message alone. */
function complain(error: unknown): void {
  const isExpected = error instanceof Error && (Object.hasOwn(EXIT_CODES, error.name) || error.cause !== undefined);
  const text = error instanceof Error ? (isExpected ? error.message : (error.stack ?? error.message)) : String(error);
  for (const line of text.split('\n')) process.stderr.write(`tearsheet: ${escapeText(line)}\n`);
}
