/** `tearsheet serve`: an archive in a browser of this machine, until it is interrupted. The pages are src/view. */

import { systemReason } from '../system-reason.js';
import { serveArchive, type View } from '../view/server.js';
import { requireFolder } from './archive-folder.js';
import { EXIT, type ExitCode, UsageError } from './exit.js';
import { catchInterruption } from './interruption.js';
import { escapeText } from './terminal.js';

export async function serveCommand(folder: string, options: { readonly port: string }): Promise<ExitCode> {
  requireFolder(folder);
  const port = Number(options.port);
  if (!/^\d+$/.test(options.port) || port > 65_535)
    throw new UsageError(`--port: expected a number from 0 to 65535, got ${JSON.stringify(options.port)}`);
  const view = await opened(folder, port);
  const interruption = catchInterruption(
    () => {},
    () => {},
  );
  process.stderr.write(`${escapeText(folder)} can be read at ${view.url} by this machine; Ctrl-C ends it\n`);
  await new Promise<void>((resolve) => interruption.signal.addEventListener('abort', () => resolve()));
  await view.close();
  interruption.dispose();
  return EXIT.done;
}

async function opened(folder: string, port: number): Promise<View> {
  try {
    return await serveArchive(folder, { port });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE') throw new UsageError(`--port ${port}: it is in use; name another, or 0 for any`);
    if (code === 'EACCES') throw new UsageError(`--port ${port}: ${systemReason(error)}`);
    throw error;
  }
}
