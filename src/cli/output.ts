/**
 * Where data goes: standard output or a new file. One line at a time, and the caller waits where the reader is slow,
 * so that memory stays flat. Never overwrites a file that holds something; never lets a closed pipe look like a fault.
 */
import { createWriteStream, fstatSync, openSync, statSync, type WriteStream } from 'node:fs';
import type { Writable } from 'node:stream';
import { systemReason } from '../system-reason.js';
import { OutputClosed, UsageError } from './exit.js';

export interface Output {
  /** Resolves when there is room for the next line. Rejects with OutputClosed when the reader has gone. */
  write(line: string): Promise<void>;
  /** The same for what is not lines: the bytes as they are. */
  writeBytes(bytes: Uint8Array | string): Promise<void>;
  /** Resolves when all lines have been handed to the system. */
  end(): Promise<void>;
  /** For people: `articles.jsonl`, or undefined for standard output. */
  readonly file: string | undefined;
  /** Standard output, and a person reads it. */
  readonly isTerminal: boolean;
}

/** `-` or nothing: standard output. */
export function openOutput(target: string | undefined): Output {
  if (target === undefined || target === '-')
    return new StreamOutput(process.stdout, undefined, process.stdout.isTTY === true);
  return new StreamOutput(createFile(target), target, false);
}

/**
 * A crawl of many hours must not be lost to the same command typed again: a file with content is refused. Appending
 * and replacing are the shell's `>>` and `>`. Pipes and devices (`/dev/null`) are opened as they are.
 */
function createFile(path: string): WriteStream {
  try {
    const existing = statSync(path, { throwIfNoEntry: false });
    if (existing?.isFile() && existing.size > 0)
      throw new UsageError(
        `-o ${path}: the file exists and is not overwritten. Name another, remove it, or let the shell append: >> ${path}`,
      );
    const fd = openSync(path, existing ? 'a' : 'wx');
    const isFile = fstatSync(fd).isFile();
    return createWriteStream(path, { fd, ...(isFile && { flush: true }) });
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`-o ${path}: cannot be written: ${systemReason(error)}`);
  }
}

class StreamOutput implements Output {
  readonly file: string | undefined;
  readonly isTerminal: boolean;
  readonly #stream: Writable;
  #failure: Error | undefined;
  #wake: (() => void) | undefined;

  constructor(stream: Writable, file: string | undefined, isTerminal: boolean) {
    this.#stream = stream;
    this.file = file;
    this.isTerminal = isTerminal;
    stream.on('error', (error: NodeJS.ErrnoException) => {
      this.#failure ??=
        error.code === 'EPIPE' ? new OutputClosed() : new Error(this.#complaint(error), { cause: error });
      this.#wake?.();
    });
    stream.on('drain', () => this.#wake?.());
  }

  write(line: string): Promise<void> {
    return this.writeBytes(`${line}\n`);
  }

  async writeBytes(bytes: Uint8Array | string): Promise<void> {
    if (this.#failure) throw this.#failure;
    if (!this.#stream.write(bytes)) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    if (this.#failure) throw this.#failure;
  }

  async end(): Promise<void> {
    if (this.#failure) throw this.#failure;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      // Standard output is not ours to close: an empty write returns when all before it is out.
      if (this.file === undefined) this.#stream.write('', () => resolve());
      else this.#stream.end(() => resolve());
    });
    if (this.#failure) throw this.#failure;
  }

  #complaint(error: Error): string {
    const reason = systemReason(error);
    if (this.file === undefined) return `cannot write to standard output: ${reason}`;
    return `cannot write ${this.file}: ${reason}. What it holds is not whole: remove it before the same command is run again`;
  }
}
