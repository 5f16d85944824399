/**
 * What all manifests of an archive together say of its files as they have to be now. In: the manifests in the order of
 * their runs. Out: one answer for each file; a later manifest, a repair's above all, overrides an earlier one.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ARCHIVE_FORMATS, listFiles, manifestFile, runOfManifest } from './layout.js';
import { inOneLine } from './lines.js';
import { type Fixity, fixityOf, type Manifest, readManifest } from './manifest.js';

export interface Standing {
  readonly manifests: readonly Manifest[];
  /** Files of records and captures. */
  readonly files: ReadonlyMap<string, Fixity>;
  /** Run → lines in its files of records. */
  readonly records: ReadonlyMap<string, number>;
  readonly index?: Fixity;
  readonly editable: readonly Fixity[];
  /** Runs whose manifests a repair could not keep. */
  readonly manifestsLost: ReadonlySet<string>;
  /** Runs whose records name site profiles that are kept. */
  readonly keepingProfiles: ReadonlySet<string>;
  /** Applied site profiles that a repair could not keep, by their digests. */
  readonly profilesLost: ReadonlySet<string>;
  /** What is wrong with the manifests themselves. */
  readonly faults: readonly { readonly file: string; readonly problem: string }[];
}

export async function readStanding(directory: string): Promise<Standing> {
  const manifests: Manifest[] = [];
  const faults: { file: string; problem: string }[] = [];
  for (const file of listFiles(directory, ['runs'])) {
    // Half of a file that is written whole or not at all: the next writer takes it away.
    if (file.endsWith('.new')) continue;
    const run = runOfManifest(file);
    if (run === undefined) {
      faults.push({ file, problem: 'is no manifest of a run' });
      continue;
    }
    try {
      const manifest = readManifest(directory, run);
      if (manifest.run === run) manifests.push(manifest);
      else faults.push({ file, problem: `speaks of run ${manifest.run}` });
    } catch (error) {
      faults.push({ file, problem: `is no valid manifest: ${inOneLine(error)}` });
    }
  }

  const files = new Map<string, Fixity>();
  const records = new Map<string, number>();
  const lost = new Set(manifests.flatMap(({ repair }) => repair?.manifestsLost ?? []));
  for (const manifest of manifests) {
    for (const fixity of manifest.files) files.set(fixity.file, fixity);
    for (const file of manifest.repair?.gone ?? []) files.delete(file);
    if (!manifest.repair) records.set(manifest.run, manifest.records);
    for (const [run, lines] of Object.entries(manifest.repair?.records ?? {})) records.set(run, lines);
    const { previous } = manifest;
    if (!previous || lost.has(previous.run)) continue;
    const file = manifestFile(previous.run);
    if (!existsSync(join(directory, file))) faults.push({ file, problem: `is missing: ${manifest.run} names it` });
    else if ((await fixityOf(directory, file)).sha256 !== previous.sha256)
      faults.push({ file, problem: `is not as it was sealed: its sha256 is not what ${manifest.run} says` });
  }
  const newest = manifests.at(-1);
  return {
    manifests,
    files,
    records,
    ...(newest?.index && { index: newest.index }),
    editable: newest?.editable ?? [],
    manifestsLost: lost,
    keepingProfiles: new Set(manifests.flatMap(({ run, format }) => (format === ARCHIVE_FORMATS[0] ? [] : [run]))),
    profilesLost: new Set(manifests.flatMap(({ repair }) => repair?.profilesLost ?? [])),
    faults,
  };
}
