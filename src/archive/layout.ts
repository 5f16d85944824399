/**
 * Names and places of an archive's files (docs/architecture.md, "The archive"), and the archive's own settings file.
 * In: a folder. Out: paths, always relative to that folder with `/`, so that an archive can be moved.
 */
import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { ensureFolder } from '../ensure-folder.js';
import { type Settings, settingsSchema } from '../settings.js';
import { ArchiveSettingsError } from './errors.js';

/**
 * Of the layout as a whole; stands in every manifest. From 2 on, everything that a record was made of is kept: what its
 * lead said and the applied site profile stand in the WARC files.
 */
export const ARCHIVE_FORMATS = ['tearsheet-archive/1', 'tearsheet-archive/2'] as const;
export type ArchiveFormat = (typeof ARCHIVE_FORMATS)[number];
export const ARCHIVE_FORMAT: ArchiveFormat = 'tearsheet-archive/2';

export const SETTINGS_FILE = 'tearsheet.json';
export const STATE_FILE = 'state.db';
/** The full-text index of `search`: made from the records, and made anew where it is missing. */
export const SEARCH_FILE = 'search.db';
/** What `state.db` was when its writer closed it; absent while one is at work, and where one died. */
export const STATE_SEAL_FILE = 'state.db.sha256';
export const LOCK_FILE = 'lock.db';
export const INDEX_FILE = 'index.cdxj';
/** Folders that hold what runs write. */
export const FOLDERS = ['runs', 'records', 'warc', 'sites'] as const;
/** Where files go that nobody knows: nothing is ever deleted. */
export const SET_ASIDE = 'set-aside';

export const manifestFile = (run: string): string => `runs/${run}.json`;
export const recordsFile = (run: string, number: number): string => `records/${run}-${pad(number)}.jsonl`;
export const warcFile = (run: string, number: number): string => `warc/${run}-${pad(number)}.warc.gz`;

/** The run that a file of `records/` or `warc/` belongs to. */
export function runOfFile(file: string): string | undefined {
  return /^(?:records|warc)\/(\d{8}T\d{6}Z)-\d{5}\.(?:jsonl|warc\.gz)$/.exec(file)?.[1];
}

/** The run that a file of `runs/` is the manifest of. */
export function runOfManifest(file: string): string | undefined {
  return /^runs\/(\d{8}T\d{6}Z)\.json$/.exec(file)?.[1];
}

/** `20261123T210000Z` */
export function runId(startedAtMs: number): string {
  return new Date(startedAtMs).toISOString().replace(/[-:]|\.\d{3}/g, '');
}

/** Milliseconds since the epoch. */
export function instantOfRun(run: string): number {
  return Date.parse(run.replace(/^(\d{4})(\d\d)(\d\dT\d\d)(\d\d)(\d\dZ)$/, '$1-$2-$3:$4:$5'));
}

/** A site's name as a file name: names from the web must not leave the folder. */
export function siteFile(site: string): string {
  const name = site.toLowerCase().replace(/[^a-z0-9.-]/g, (character) => `%${character.codePointAt(0)!.toString(16)}`);
  return `sites/${name.replace(/^\.+/, '%2e').slice(0, 200)}.json`;
}

/** A site's profile as a person or the last run left it; undefined where there is none. Throws where it is no JSON. */
export function readSiteFile(directory: string, site: string): unknown {
  const path = join(directory, siteFile(site));
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as unknown) : undefined;
}

/** Names in these folders, sorted, with the folder before them. */
export function listFiles(directory: string, folders: readonly string[]): string[] {
  return folders.flatMap((folder) => {
    const path = join(directory, folder);
    return existsSync(path)
      ? readdirSync(path)
          .sort()
          .map((name) => `${folder}/${name}`)
      : [];
  });
}

export function makeFolders(directory: string): void {
  ensureFolder(directory);
  for (const folder of FOLDERS) ensureFolder(join(directory, folder));
  syncFolder(directory);
  syncFolder(dirname(directory));
}

/** Moves a file into `set-aside/`, or copies it where it is still needed. Returns where it is now. */
export function setAside(directory: string, file: string, how: 'move' | 'copy' = 'move'): string {
  const free = (name: string, number = 1): string => {
    const numbered = number === 1 ? name : `${name}.${number}`;
    return existsSync(join(directory, numbered)) ? free(name, number + 1) : numbered;
  };
  const to = free(`${SET_ASIDE}/${file}`);
  ensureFolder(dirname(join(directory, to)));
  if (how === 'copy') copyFileSync(join(directory, file), join(directory, to));
  else renameSync(join(directory, file), join(directory, to));
  syncFolder(dirname(join(directory, to)));
  return to;
}

/** A new name is only safe once its folder is on the disk. Systems that cannot sync folders (Windows) need not. */
export function syncFolder(path: string): void {
  let descriptor: number;
  try {
    descriptor = openSync(path, 'r');
  } catch {
    return;
  }
  try {
    fsyncSync(descriptor);
  } catch (error) {
    if (!['EPERM', 'EINVAL', 'EISDIR', 'EACCES', 'EBADF'].includes((error as NodeJS.ErrnoException).code ?? ''))
      throw error;
  } finally {
    closeSync(descriptor);
  }
}

/** All of the file or none of it, also after a power cut. */
export function writeWhole(directory: string, file: string, text: string): void {
  const path = join(directory, file);
  const descriptor = openSync(`${path}.new`, 'w');
  try {
    const bytes = Buffer.from(text);
    for (let done = 0; done < bytes.length; ) done += writeSync(descriptor, bytes, done);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(`${path}.new`, path);
  syncFolder(dirname(path));
}

/** The archive's settings; undefined where it has none yet. Throws ArchiveSettingsError with one line per fault. */
export function readArchiveSettings(directory: string): Settings | undefined {
  const path = join(directory, SETTINGS_FILE);
  if (!existsSync(path)) return undefined;
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, 'utf8').replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new ArchiveSettingsError(
      `${path}: not valid JSON: ${(error as Error).message}; mend it, or remove it to start from the defaults`,
    );
  }
  const checked = settingsSchema.safeParse(json);
  if (checked.success) return checked.data;
  const faults = checked.error.issues.map(
    (issue) => `${path}: ${issue.path.join('.') || 'settings'}: ${issue.message}`,
  );
  throw new ArchiveSettingsError(
    `${faults.join('\n')}\nmend the file; "tearsheet schema settings" shows what it may hold`,
  );
}

/** Writes what differs from the defaults, so that a person finds what was chosen. An existing file is left as it is. */
export function writeArchiveSettings(directory: string, settings: Settings): void {
  if (existsSync(join(directory, SETTINGS_FILE))) return;
  const defaults: Record<string, unknown> = settingsSchema.parse({});
  const chosen = Object.entries(settings).filter(
    ([key, value]) =>
      value !== undefined && (key === 'seeds' || JSON.stringify(value) !== JSON.stringify(defaults[key])),
  );
  writeWhole(directory, SETTINGS_FILE, `${JSON.stringify(Object.fromEntries(chosen), null, 2)}\n`);
}

function pad(number: number): string {
  return String(number).padStart(5, '0');
}
