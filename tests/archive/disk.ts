/**
 * A disk that loses power. In: the changes that a process made, and an instant among them. Out: a folder as a disk may
 * hold it afterwards: what was synced is there; of the rest, sectors are there or not, each by chance, and names that
 * were given or taken since their folder was synced are old or new.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Change, SqliteChange } from './recorder.js';

const SECTOR = 512;

interface Inode {
  /** As the process sees it. */
  now: Buffer;
  /** As it is on the disk for sure. */
  safe: Buffer;
  /** `now` when a sync began that has not ended. */
  readonly syncing: Map<number, Buffer>;
}

type Names = Map<string, Inode>;

/** `random` gives numbers from 0 to 1. Writes the outcome into `folder`. */
export function cutPower(changes: readonly Change[], at: number, folder: string, random: () => number): void {
  const names: Names = new Map();
  /** Folder → what happened to its names since it was synced. */
  const pending = new Map<string, ((to: Names) => void)[]>();
  const safeNames: Names = new Map();
  const folders = new Set<string>();
  const syncing = new Map<number, number>();
  const database = new Map<string, Buffer>();
  /** SQLite's changes that a process died before bringing to the disk. */
  const unsynced: SqliteChange[] = [];

  const rename = (folderOf: string, apply: (to: Names) => void) => {
    apply(names);
    pending.set(dirname(folderOf), [...(pending.get(dirname(folderOf)) ?? []), apply]);
  };
  for (const change of changes.slice(0, at)) {
    switch (change.op) {
      case 'mkdir':
        folders.add(change.path);
        break;
      case 'create': {
        const inode: Inode = { now: Buffer.alloc(0), safe: Buffer.alloc(0), syncing: new Map() };
        rename(change.path, (to) => void to.set(change.path, inode));
        break;
      }
      case 'remove':
        rename(change.path, (to) => void to.delete(change.path));
        break;
      case 'rename': {
        const inode = names.get(change.path)!;
        rename(change.path, (to) => {
          to.delete(change.path);
          to.set(change.to, inode);
        });
        break;
      }
      case 'write': {
        const data = Buffer.from(change.data, 'base64');
        const inode = names.get(change.path)!;
        const grown = Buffer.alloc(Math.max(inode.now.length, change.offset + data.length));
        inode.now.copy(grown);
        data.copy(grown, change.offset);
        inode.now = grown;
        break;
      }
      case 'truncate': {
        const inode = names.get(change.path)!;
        inode.now = inode.now.subarray(0, change.size);
        break;
      }
      case 'begin':
        if (change.isFolder) syncing.set(change.sync, (pending.get(change.path || '.') ?? []).length);
        else names.get(change.path)?.syncing.set(change.sync, names.get(change.path)!.now);
        break;
      case 'end': {
        if (change.isFolder) {
          const waiting = pending.get(change.path || '.') ?? [];
          for (const apply of waiting.splice(0, syncing.get(change.sync))) apply(safeNames);
          break;
        }
        for (const inode of names.values()) inode.safe = inode.syncing.get(change.sync) ?? inode.safe;
        break;
      }
      case 'sqlite':
        if (change.unsynced) {
          unsynced.push(change);
          break;
        }
        for (const earlier of unsynced.splice(0)) applySqlite(database, earlier, earlier.blocks);
        applySqlite(database, change, change.blocks);
        break;
    }
  }
  if (random() < 0.5) for (const change of unsynced) applySqlite(database, change, change.blocks);
  // SQLite was in the middle of something: its log is torn, or its pages are being written while the log is whole.
  const next = changes[at];
  if (next?.op === 'sqlite' && random() < 0.7) {
    const isLog = next.path.endsWith('-wal');
    const done = isLog ? Math.floor(next.blocks.length * random()) : 0;
    const blocks = next.blocks.filter((_, index) => (isLog ? index < done : random() < 0.5));
    // A log that begins anew is short: its old frames are still behind it.
    if (isLog || next.size >= (database.get(next.path)?.length ?? 0))
      applySqlite(
        database,
        { ...next, size: Math.max(database.get(next.path)?.length ?? 0, ...blocks.map(endOf)) },
        blocks,
      );
  }

  for (const waiting of pending.values())
    for (const apply of waiting.slice(0, Math.floor(random() * (waiting.length + 1)))) apply(safeNames);
  const share = [0, 0.5, 1][Math.floor(random() * 3)]!;
  for (const path of folders) mkdirSync(join(folder, path), { recursive: true });
  for (const [path, inode] of safeNames) write(join(folder, path), torn(inode, share, random));
  for (const [path, bytes] of database) if (bytes.length > 0) write(join(folder, path), bytes);
}

function write(path: string, bytes: Buffer): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
}

function endOf([at, data]: [number, string]): number {
  return at + Buffer.byteLength(data, 'base64');
}

function applySqlite(
  database: Map<string, Buffer>,
  { path, size }: { path: string; size: number },
  blocks: [number, string][],
): void {
  const bytes = Buffer.alloc(size);
  database.get(path)?.copy(bytes);
  for (const [at, data] of blocks) Buffer.from(data, 'base64').copy(bytes, at);
  database.set(path, bytes);
}

/** What was not synced is there sector by sector, or not. */
function torn({ now, safe }: Inode, share: number, random: () => number): Buffer {
  if (now.equals(safe)) return safe;
  const sectors = Math.ceil(Math.max(now.length, safe.length) / SECTOR);
  const parts: Buffer[] = [];
  let length = now.length < safe.length && random() < 0.5 ? now.length : safe.length;
  for (let sector = 0; sector < sectors; sector++) {
    const [from, to] = [sector * SECTOR, (sector + 1) * SECTOR];
    const isNew = random() < share;
    if (isNew && to > length) length = Math.min(to, now.length);
    const part = Buffer.alloc(SECTOR);
    (isNew ? now : safe).subarray(from, to).copy(part);
    parts.push(part);
  }
  return Buffer.concat(parts).subarray(0, length);
}
