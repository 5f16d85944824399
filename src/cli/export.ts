/** `tearsheet export`: an archive's records in another format. The formats themselves are in src/export. */
import { existsSync } from 'node:fs';
import type { ArchiveReader } from '../archive/reader.js';
import {
  EXPORT_FORMATS,
  type Exported,
  type ExportOptions,
  exportFolder,
  exportStream,
  type FolderFormatName,
  type FormatName,
  isFolderFormat,
  type StreamFormatName,
} from '../export/formats.js';
import { systemReason } from '../system-reason.js';
import { openForReading } from './archive-folder.js';
import { drain } from './crawl.js';
import { type ExitCode, UsageError } from './exit.js';
import { readFields } from './fields.js';
import { counted } from './figures.js';
import { openOutput } from './output.js';
import { readSelection, type SelectionOptions } from './selection.js';
import { escapeJson, escapeText } from './terminal.js';

export interface ExportCommandOptions extends SelectionOptions {
  readonly format: string;
  readonly output?: string;
  readonly fields?: string;
  readonly quiet?: boolean;
}

export async function exportCommand(folder: string, options: ExportCommandOptions): Promise<ExitCode> {
  const format = options.format as FormatName;
  const { output: target, quiet } = options;
  const selection = await readSelection(options);
  readFields(options.fields);
  const fields = options.fields?.split(',').map((name) => name.trim());
  const archive = openForReading(folder);
  try {
    const done = isFolderFormat(format)
      ? await toFolder(archive.reader, format, target, { selection, fields })
      : await toStream(archive.reader, format, target, { selection, fields });
    const where =
      done.files === undefined ? (target ?? 'standard output') : `${target} (${counted(done.files, 'file')})`;
    if (!quiet) process.stderr.write(`${escapeText(`${counted(done.records, 'record')} of ${folder} to ${where}`)}\n`);
  } catch (error) {
    archive.finish();
    throw error;
  }
  return archive.finish();
}

async function toFolder(
  reader: ArchiveReader,
  format: FolderFormatName,
  folder: string | undefined,
  options: ExportOptions,
): Promise<Exported> {
  if (folder === undefined || folder === '-')
    throw new UsageError(`--format ${format} is a folder of files: name one with -o`);
  try {
    return await exportFolder(reader, format, folder, options);
  } catch (error) {
    if (error instanceof Error && error.name === 'FolderInUseError') throw new UsageError(`-o ${error.message}`);
    const { syscall, code } = error as NodeJS.ErrnoException;
    if (syscall === undefined || code === undefined) throw error;
    const why = `-o ${folder}: cannot be written: ${systemReason(error)}`;
    if (!existsSync(folder)) throw new UsageError(why);
    throw new Error(`${why}. What it holds is not whole: remove it before the same command is run again`, {
      cause: error,
    });
  }
}

async function toStream(
  reader: ArchiveReader,
  format: StreamFormatName,
  target: string | undefined,
  options: ExportOptions,
): Promise<Exported> {
  const isText = EXPORT_FORMATS[format].to === 'text';
  const output = openOutput(target);
  if (output.isTerminal && !isText)
    throw new UsageError(`--format ${format} is no text for a terminal: name a file with -o`);
  const exported = await drain(exportStream(reader, format, options), (bytes) =>
    output.writeBytes(output.isTerminal ? escapeJson(String(bytes).replaceAll('\r\n', '\n')) : bytes),
  );
  await output.end();
  return exported;
}
