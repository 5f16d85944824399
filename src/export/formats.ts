/**
 * The export formats, one file each. In: an archive and which of its records are wanted. Out: one stream of bytes, or
 * the files of a folder, at constant memory. What a format needs is imported when it is used.
 */
import type { ArchiveReader, StoredRecord } from '../archive/reader.js';
import { createSelector, type Selection, type SelectionInput, selectionSchema } from '../selection.js';
import { makeFolder, writeFiles } from './folder.js';

/** What a format is made from. */
export interface ExportSource {
  readonly archive: ArchiveReader;
  readonly selection: Selection;
  /** Keys of the record that are wanted, in that order; absent: all. */
  readonly fields?: readonly string[];
  /** The wanted records in the order in which they were written; from the beginning at every call. */
  records(): AsyncIterable<StoredRecord>;
}

export type Bytes = AsyncIterable<Uint8Array | string>;

export interface ExportedFile {
  /** Below the export's folder, with `/`; safe on every file system. */
  readonly path: string;
  readonly content: Bytes | string;
}

/** Where a format goes: text that lines can be read of, one file of bytes, or a folder of files. */
export type ExportFormat =
  | { readonly to: 'text' | 'file'; readonly load: () => Promise<(source: ExportSource) => Bytes> }
  | { readonly to: 'folder'; readonly load: () => Promise<(source: ExportSource) => AsyncIterable<ExportedFile>> };

export const EXPORT_FORMATS = {
  jsonl: { to: 'text', load: async () => (await import('./jsonl.js')).exportJsonl },
  csv: { to: 'text', load: async () => (await import('./csv.js')).exportCsv },
  parquet: { to: 'file', load: async () => (await import('./parquet.js')).exportParquet },
  markdown: { to: 'folder', load: async () => (await import('./markdown.js')).exportMarkdown },
  html: { to: 'folder', load: async () => (await import('./html.js')).exportHtml },
  wacz: { to: 'file', load: async () => (await import('./wacz.js')).exportWacz },
  'ro-crate': { to: 'folder', load: async () => (await import('./ro-crate.js')).exportRoCrate },
} as const satisfies Record<string, ExportFormat>;

export type FormatName = keyof typeof EXPORT_FORMATS;
export type FolderFormatName = {
  [F in FormatName]: (typeof EXPORT_FORMATS)[F]['to'] extends 'folder' ? F : never;
}[FormatName];
export type StreamFormatName = Exclude<FormatName, FolderFormatName>;

export function isFolderFormat(format: FormatName): format is FolderFormatName {
  return EXPORT_FORMATS[format].to === 'folder';
}

export interface ExportOptions {
  /** Default: all records. */
  readonly selection?: SelectionInput;
  /** Keys of the record that are wanted, in that order. Default: all. */
  readonly fields?: readonly string[] | undefined;
}

export interface Exported {
  readonly records: number;
  /** Of a folder. */
  readonly files?: number;
}

/** A format that is one stream, as it is written. */
export async function* exportStream(
  archive: ArchiveReader,
  format: StreamFormatName,
  options: ExportOptions = {},
): AsyncGenerator<Uint8Array | string, Exported> {
  const source = sourceOf(archive, options);
  yield* (await EXPORT_FORMATS[format].load())(source);
  return { records: source.seen() };
}

/** A format that is a folder. Throws FolderInUseError. */
export async function exportFolder(
  archive: ArchiveReader,
  format: FolderFormatName,
  folder: string,
  options: ExportOptions = {},
): Promise<Exported> {
  const make = await EXPORT_FORMATS[format].load();
  const source = sourceOf(archive, options);
  makeFolder(folder);
  const files = await writeFiles(folder, make(source));
  return { records: source.seen(), files };
}

function sourceOf(archive: ArchiveReader, options: ExportOptions): ExportSource & { seen(): number } {
  const { fields } = options;
  const selection = selectionSchema.parse(options.selection ?? {});
  const isWanted = createSelector(selection);
  let records = 0;
  return {
    archive,
    selection,
    ...(fields && { fields }),
    async *records() {
      // Some formats look twice.
      records = 0;
      for await (const record of archive.records({ latest: selection.latest })) {
        if (!isWanted(record.article)) continue;
        records++;
        yield record;
      }
    },
    seen: () => records,
  };
}

/** Whether all records of the archive are wanted, as they are. */
export function isWhole({ selection }: Pick<ExportSource, 'selection'>): boolean {
  const { since, until, site, author, section, latest } = selection;
  return since === undefined && until === undefined && !latest && site.length + author.length + section.length === 0;
}
