/**
 * Preloaded (`node --import recorder.js writer.js …`), it takes down every change that the process makes below
 * RECORD_ROOT, in order, into RECORD_LOG: what was written, what was brought to the disk, what got which name, and what
 * SQLite did between two of these. DIE_AT: the process is killed in place of the change with this number;
 * with DIE_IN=sqlite of SQLite's next one.
 *
 * SQLite writes past Node; its files are compared with what they were. At the instants at which that happens, all of
 * its commits are on the disk: the archive's transactions are synchronous. Where the process dies in place of such a
 * change, it died between SQLite's writing and its sync: the next process sees the commit, the disk may not have it.
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { dirname, relative } from 'node:path';

export type Change =
  | { readonly op: 'create' | 'remove' | 'mkdir'; readonly path: string }
  | { readonly op: 'rename'; readonly path: string; readonly to: string }
  | { readonly op: 'write'; readonly path: string; readonly offset: number; readonly data: string }
  | { readonly op: 'truncate'; readonly path: string; readonly size: number }
  /** Of a file: all that was written before `begin`. Of a folder: all names given and taken before it. */
  | { readonly op: 'begin' | 'end'; readonly sync: number; readonly path: string; readonly isFolder: boolean }
  /** With `unsynced`: lost by a power cut until the next one, which brings all before it to the disk. */
  | {
      readonly op: 'sqlite';
      readonly path: string;
      readonly size: number;
      readonly blocks: [number, string][];
      readonly unsynced?: true;
    }
  | { readonly op: 'said'; readonly text: string };

export type SqliteChange = Extract<Change, { op: 'sqlite' }>;

const { RECORD_ROOT: root = '', RECORD_LOG: log = '', DIE_AT: dieAt = '', DIE_IN: dieIn = '' } = process.env;
const original = { ...fs };
const BLOCK = 4096;
const DATABASE = ['state.db', 'state.db-wal'];
const images = new Map<string, Buffer>();
const paths = new Map<number, { path: string; at: number }>();
let changes = 0;
// Numbers of two processes must not be the same.
let syncs = process.pid * 1_000_000;

function note(change: Change): void {
  noteDatabase();
  put(change);
}

function put(change: Change): void {
  if (++changes === Number(dieAt) && dieIn === '') process.kill(process.pid, 'SIGKILL');
  append(change);
}

function append(change: Change): void {
  original.appendFileSync(log, `${JSON.stringify(change)}\n`);
}

function noteDatabase(): void {
  const found = changesOfDatabase();
  const last = changes + found.length;
  const isDue = dieAt !== '' && last >= Number(dieAt) && (dieIn === 'sqlite' || changes < Number(dieAt));
  const dies = isDue && found.length > 0;
  for (const change of found) append(dies ? { ...change, unsynced: true } : change);
  if (dies) process.kill(process.pid, 'SIGKILL');
  changes = last;
}

function changesOfDatabase(): SqliteChange[] {
  const found: SqliteChange[] = [];
  for (const path of DATABASE) {
    const file = `${root}/${path}`;
    const now = original.existsSync(file) ? original.readFileSync(file) : Buffer.alloc(0);
    const before = images.get(path) ?? Buffer.alloc(0);
    if (now.equals(before)) continue;
    const blocks: [number, string][] = [];
    for (let at = 0; at < now.length; at += BLOCK) {
      const block = now.subarray(at, at + BLOCK);
      if (!block.equals(before.subarray(at, at + BLOCK))) blocks.push([at, block.toString('base64')]);
    }
    images.set(path, now);
    found.push({ op: 'sqlite', path, size: now.length, blocks });
  }
  return found;
}

/** Relative to the root; undefined outside of it. */
function within(path: unknown): string | undefined {
  const text = String(path);
  return text === root || text.startsWith(`${root}/`) ? relative(root, text) : undefined;
}

function openedAs(path: unknown, flags: unknown): string | undefined {
  const name = within(path);
  if (name === undefined || typeof flags !== 'string' || !/[wa]/.test(flags)) return name;
  if (!original.existsSync(String(path))) note({ op: 'create', path: name });
  else if (flags.startsWith('w')) note({ op: 'truncate', path: name, size: 0 });
  return name;
}

function bytesOf(data: unknown, offset = 0, length?: number): Buffer {
  const bytes = typeof data === 'string' ? Buffer.from(data) : Buffer.from(data as Uint8Array);
  return bytes.subarray(offset, length === undefined ? undefined : offset + length);
}

const patched = fs as unknown as Record<string, (...given: never[]) => unknown>;
patched.openSync = (path: fs.PathLike, flags?: fs.OpenMode, mode?: fs.Mode) => {
  const name = openedAs(path, flags);
  const descriptor = original.openSync(path, flags ?? 'r', mode);
  if (name !== undefined) paths.set(descriptor, { path: name, at: 0 });
  return descriptor;
};
patched.closeSync = (descriptor: number) => {
  paths.delete(descriptor);
  original.closeSync(descriptor);
};
patched.writeSync = (descriptor: number, data: Uint8Array, offset?: number) => {
  const file = paths.get(descriptor);
  const bytes = bytesOf(data, offset);
  if (file) {
    note({ op: 'write', path: file.path, offset: file.at, data: bytes.toString('base64') });
    file.at += bytes.length;
  } else if (descriptor === 1) note({ op: 'said', text: bytes.toString() });
  return original.writeSync(descriptor, bytes);
};
patched.ftruncateSync = (descriptor: number, size: number) => {
  const file = paths.get(descriptor);
  if (file) note({ op: 'truncate', path: file.path, size });
  original.ftruncateSync(descriptor, size);
};
patched.fsyncSync = (descriptor: number) => {
  const file = paths.get(descriptor);
  const sync = ++syncs;
  const isFolder = original.fstatSync(descriptor).isDirectory();
  if (file) note({ op: 'begin', sync, path: file.path, isFolder });
  original.fsyncSync(descriptor);
  if (file) note({ op: 'end', sync, path: file.path, isFolder });
};
patched.renameSync = (from: fs.PathLike, to: fs.PathLike) => {
  const path = within(from);
  if (path !== undefined) note({ op: 'rename', path, to: within(to)! });
  original.renameSync(from, to);
};
patched.rmSync = (path: fs.PathLike, options?: fs.RmOptions) => {
  const name = within(path);
  if (name !== undefined && original.existsSync(path)) note({ op: 'remove', path: name });
  original.rmSync(path, options);
};
patched.mkdirSync = (path: fs.PathLike, options?: fs.MakeDirectoryOptions) => {
  const name = within(path);
  if (name !== undefined && !original.existsSync(path)) note({ op: 'mkdir', path: name });
  return original.mkdirSync(path, options);
};

const { open, rename } = original.promises;
const promises = fs.promises as unknown as Record<string, (...given: never[]) => unknown>;
promises.rename = (from: fs.PathLike, to: fs.PathLike) => {
  const path = within(from);
  if (path !== undefined) note({ op: 'rename', path, to: within(to)! });
  return rename(from, to);
};
promises.open = async (path: fs.PathLike, flags?: string, mode?: fs.Mode) => {
  const name = openedAs(path, flags);
  const handle = await open(path, flags, mode);
  if (name === undefined) return handle;
  let at = 0;
  const record = (data: Buffer, offset: number) =>
    note({ op: 'write', path: name, offset, data: data.toString('base64') });
  const { write, appendFile, datasync, sync } = handle;
  const synced = async (call: () => Promise<void>) => {
    const number = ++syncs;
    note({ op: 'begin', sync: number, path: name, isFolder: false });
    await call.call(handle);
    note({ op: 'end', sync: number, path: name, isFolder: false });
  };
  return Object.assign(handle, {
    write: (data: Uint8Array, offset: number, length: number, position: number) => {
      record(bytesOf(data, offset, length), position);
      return (write as (...given: unknown[]) => unknown).call(handle, data, offset, length, position);
    },
    appendFile: (data: string) => {
      record(bytesOf(data), at);
      at += bytesOf(data).length;
      return appendFile.call(handle, data);
    },
    datasync: () => synced(datasync),
    sync: () => synced(sync),
  });
};
syncBuiltinESMExports();
for (const path of DATABASE)
  if (original.existsSync(`${root}/${path}`)) images.set(path, original.readFileSync(`${root}/${path}`));
if (!original.existsSync(dirname(log))) throw new Error(`${log}: no such folder`);
