/**
 * A run's sealed manifest, `runs/<id>.json`: what was asked for, what came of it, and the digest of every file that the
 * run wrote. In: the run's facts. Out: one JSON file, written whole or not at all; it is never changed afterwards.
 */
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { CrawlSummary } from '../events.js';
import {
  ARCHIVE_FORMATS,
  INDEX_FILE,
  listFiles,
  manifestFile,
  runOfManifest,
  SETTINGS_FILE,
  writeWhole,
} from './layout.js';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const runName = z.string().regex(/^\d{8}T\d{6}Z$/);
const fixity = z.strictObject({ file: z.string(), bytes: z.int().min(0), sha256 });

export const manifestSchema = z.strictObject({
  format: z.enum(ARCHIVE_FORMATS),
  run: runName,
  /** RFC 3339, UTC. */
  startedAt: z.string(),
  sealedAt: z.string(),
  software: z.string(),
  /** The process died: this was sealed by a later one, from what had been committed. */
  interrupted: z.boolean(),
  /** As they were: a later tearsheet may know others. */
  settings: z.record(z.string(), z.unknown()),
  /** Absent where the process died. */
  summary: z
    .looseObject({ leads: z.int().min(0), outcomes: z.record(z.string(), z.record(z.string(), z.int().min(0))) })
    .optional(),
  /** Lines in the run's files of records. */
  records: z.int().min(0),
  files: z.array(fixity),
  /** `index.cdxj` as this run left it; only the newest manifest speaks of the present one. */
  index: fixity.optional(),
  /** What people may edit (`tearsheet.json`, `sites/…`) as this run left it; again only the newest one counts. */
  editable: z.array(fixity).optional(),
  /** The manifest before this one: whoever knows the newest manifest's digest can prove the whole archive. */
  previous: z.strictObject({ run: runName, sha256 }).optional(),
  /** This is no run but a repair: `files` are those it changed, as they are now. */
  repair: z
    .strictObject({
      /** Files that could not be kept at all. */
      gone: z.array(z.string()),
      /** Runs whose manifests could not be kept. */
      manifestsLost: z.array(runName),
      /** Run → lines in its files of records, where that has changed. */
      records: z.record(runName, z.int().min(0)),
      /** Applied site profiles that could not be kept, by the digest by which records name them. */
      profilesLost: z.array(z.string()).optional(),
      /** Where the originals of all that was changed or taken away went. */
      setAside: z.array(z.string()),
    })
    .optional(),
});

export type Manifest = z.infer<typeof manifestSchema>;
export type Fixity = z.infer<typeof fixity>;

/** What the pipeline tells at the end of a run; the files are the archive's own knowledge. */
export type RunSummary = Pick<CrawlSummary, 'leads' | 'outcomes' | 'interrupted'> &
  Partial<Omit<CrawlSummary, 'files'>>;

/** Returns the sha256 of the file, by which the ledger proves the manifest itself. */
export function writeManifest(directory: string, manifest: Manifest): string {
  const text = `${JSON.stringify(manifestSchema.parse(manifest), null, 2)}\n`;
  writeWhole(directory, manifestFile(manifest.run), text);
  return createHash('sha256').update(text).digest('hex');
}

/** Throws where the file is no manifest; the message says why. */
export function readManifest(directory: string, run: string): Manifest {
  return manifestSchema.parse(JSON.parse(readFileSync(join(directory, manifestFile(run)), 'utf8')));
}

/** Reads the whole file, at constant memory. */
export async function fixityOf(directory: string, file: string): Promise<Fixity> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of createReadStream(join(directory, file), { highWaterMark: 1 << 20 })) {
    hash.update(chunk as Buffer);
    bytes += (chunk as Buffer).length;
  }
  return { file, bytes, sha256: hash.digest('hex') };
}

export const indexFixity = (directory: string): Promise<Fixity> => fixityOf(directory, INDEX_FILE);

/** What people may edit, as it is now. */
export async function editableFixities(directory: string): Promise<Fixity[]> {
  const profiles = listFiles(directory, ['sites']).filter((file) => file.endsWith('.json'));
  const files = existsSync(join(directory, SETTINGS_FILE)) ? [SETTINGS_FILE, ...profiles] : profiles;
  const fixities: Fixity[] = [];
  for (const file of files) fixities.push(await fixityOf(directory, file));
  return fixities;
}

/** How the next manifest names the one before it. */
export function previousManifest(directory: string, run: string): Manifest['previous'] {
  const last = listFiles(directory, ['runs'])
    .map((file) => runOfManifest(file))
    .filter((name) => name !== undefined && name < run)
    .at(-1);
  if (last === undefined) return undefined;
  return {
    run: last,
    sha256: createHash('sha256')
      .update(readFileSync(join(directory, manifestFile(last))))
      .digest('hex'),
  };
}
