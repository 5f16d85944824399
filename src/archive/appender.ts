/**
 * A family of files that only grow (`records/…`, `warc/…` of one run), one after the other by size. In: bytes. Out:
 * where they went. Knows what is on the disk and what may still be lost; who commits decides when to ask.
 */
import { createHash, type Hash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { syncFolder } from './layout.js';

export interface Place {
  readonly file: string;
  readonly offset: number;
  readonly length: number;
}

/** A file's name, length and digest, as manifests and the ledger keep them. */
export interface FileState {
  readonly file: string;
  readonly bytes: number;
}

interface Growing {
  readonly file: string;
  readonly handle: FileHandle;
  readonly hash: Hash;
  bytes: number;
}

export class Appender {
  readonly #directory: string;
  readonly #nameOf: (number: number) => string;
  readonly #limitBytes: number;
  readonly #headOf: ((file: string) => Promise<Uint8Array>) | undefined;
  #number = 0;
  #current: Growing | undefined;
  /** Full files whose bytes may not yet be on the disk. */
  #full: Growing[] = [];
  readonly #closed: (FileState & { readonly sha256: string })[] = [];
  #newNames = false;

  /** `headOf` gives the bytes that each new file begins with. */
  constructor(
    directory: string,
    nameOf: (number: number) => string,
    limitBytes: number,
    headOf?: (file: string) => Promise<Uint8Array>,
  ) {
    this.#directory = directory;
    this.#nameOf = nameOf;
    this.#limitBytes = limitBytes;
    this.#headOf = headOf;
  }

  /** Makes sure that there is a file with room, and names it. Callers append one after the other. */
  async current(): Promise<string> {
    if (this.#current && this.#current.bytes >= this.#limitBytes) {
      this.#full.push(this.#current);
      this.#current = undefined;
    }
    if (!this.#current) {
      const file = this.#nameOf(++this.#number);
      // wx: a file of this name would be another run's.
      const handle = await open(join(this.#directory, file), 'wx');
      this.#current = { file, handle, hash: createHash('sha256'), bytes: 0 };
      this.#newNames = true;
      const head = await this.#headOf?.(file);
      if (head) await this.#write(this.#current, head);
    }
    return this.#current.file;
  }

  /** Appends to the current file. */
  async append(bytes: Uint8Array): Promise<Place> {
    const file = await this.current();
    const growing = this.#current!;
    const offset = growing.bytes;
    await this.#write(growing, bytes);
    return { file, offset, length: bytes.length };
  }

  async #write(growing: Growing, bytes: Uint8Array): Promise<void> {
    for (let done = 0; done < bytes.length; ) {
      const { bytesWritten } = await growing.handle.write(bytes, done, bytes.length - done, growing.bytes + done);
      done += bytesWritten;
    }
    growing.hash.update(bytes);
    growing.bytes += bytes.length;
  }

  /**
   * Brings all that was appended before the call to the disk and returns the lengths that are now safe. Appending may
   * go on meanwhile.
   */
  async sync(): Promise<FileState[]> {
    const full = this.#full;
    this.#full = [];
    const growing = this.#current ? [...full, this.#current] : full;
    const lengths = growing.map(({ file, bytes }) => ({ file, bytes }));
    const newNames = this.#newNames;
    this.#newNames = false;
    for (const { handle } of growing) await handle.datasync();
    if (newNames) syncFolder(dirname(join(this.#directory, this.#nameOf(0))));
    for (const { handle, file, bytes, hash } of full) {
      await handle.close();
      this.#closed.push({ file, bytes, sha256: hash.digest('hex') });
    }
    return lengths;
  }

  /** Closes the last file and lists all. Only what `sync` returned is safe. */
  async finish(): Promise<(FileState & { readonly sha256: string })[]> {
    if (this.#current) this.#full.push(this.#current);
    this.#current = undefined;
    await this.sync();
    return [...this.#closed];
  }

  /** Lets go of the files as they are. */
  async abandon(): Promise<void> {
    for (const { handle } of [...this.#full, ...(this.#current ? [this.#current] : [])])
      await handle.close().catch(() => {});
    this.#full = [];
    this.#current = undefined;
  }
}
