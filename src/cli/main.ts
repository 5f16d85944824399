/**
 * The command's front door: from `process.argv` to an exit code. Expected faults become one clear message on standard
 * error; anything else is a bug and is shown with where it happened.
 */
import { EXIT, type ExitCode, OutputClosed, UsageError } from './exit.js';

/** Never throws. */
export async function main(argv: readonly string[]): Promise<ExitCode> {
  // Our own messages may meet a closed pipe too (`2>&1 | head`); there is nobody left to tell.
  process.stderr.on('error', () => {});
  try {
    return await run(argv);
  } catch (error) {
    if (error instanceof OutputClosed) return EXIT.done;
    await complain(error);
    return error instanceof UsageError ? EXIT.usage : exitCodeOf(error);
  }
}

async function run(argv: readonly string[]): Promise<ExitCode> {
  const { createProgram } = await import('./program.js');
  const { CommanderError } = await import('commander');
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
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    throw error;
  }
  return code;
}

/** Faults of the surroundings carry their own exit code: a locked archive says 3. */
function exitCodeOf(error: unknown): ExitCode {
  const { exitCode } = error as { exitCode?: unknown };
  return exitCode === EXIT.archive || exitCode === EXIT.usage ? exitCode : EXIT.incomplete;
}

async function complain(error: unknown): Promise<void> {
  const { escapeText } = await import('./terminal.js');
  const isExpected =
    error instanceof UsageError || (error instanceof Error && ('exitCode' in error || error.cause !== undefined));
  const text = error instanceof Error ? (isExpected ? error.message : (error.stack ?? error.message)) : String(error);
  for (const line of text.split('\n')) process.stderr.write(`${line === '' ? '' : `tearsheet: ${escapeText(line)}`}\n`);
}
