/**
 * WACZ 1.1.1 (https://specs.webrecorder.net/wacz/1.1.1/): one ZIP that replay tools open, with the captures, their index,
 * and a page with its full text for every wanted record. The whole archive takes its WARC files along as they are; with
 * a selection only the captures of the wanted records go into a WARC file of their own.
 *
 * The ZIP is written from front to back; digests are taken on the way, and `datapackage.json`, which lists them, is the
 * last but one.
 */
import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { ZipFile } from 'yazl';
import { readIndex } from '../archive/cdxj.js';
import type { StoredRecord } from '../archive/reader.js';
import { Replay } from '../archive/replay.js';
import { jsonLine } from '../json-line.js';
import { openTemporary } from '../state.js';
import { VERSION } from '../version.js';
import { type Bytes, type ExportSource, isWhole } from './formats.js';

/** Lines of the index in one gzip member (ZipNum): a reader fetches one of them to find a capture. */
const INDEX_LINES = 3000;
const SELECTED = 'selection.warc.gz';

interface Resource {
  readonly path: string;
  readonly hash: Hash;
  bytes: number;
}

export async function* exportWacz(source: ExportSource): Bytes {
  const zip = new ZipFile();
  const resources: Resource[] = [];
  const failed = (error: unknown) => (zip.outputStream as Readable).destroy(error as Error);
  const add = (path: string, compress: boolean, make: () => AsyncIterable<Uint8Array | string>): void => {
    zip.addReadStreamLazy(path, { compress }, (done) => {
      const resource: Resource = { path, hash: createHash('sha256'), bytes: 0 };
      resources.push(resource);
      const stream = Readable.from(counted(make(), resource), { objectMode: false });
      stream.on('error', failed);
      done(null, stream);
    });
  };
  const { archive } = source;
  const replay = new Replay(archive.directory);
  const chosen = isWhole(source) ? undefined : new Chosen();
  try {
    // What is compressed already is stored, so that replay can read it in place.
    if (chosen) add(`archive/${SELECTED}`, false, () => selectedCaptures(source, replay, chosen));
    else
      for (const { file, bytes } of archive.files('warc'))
        add(`archive/${file.slice('warc/'.length)}`, false, () =>
          createReadStream(join(archive.directory, file), { end: bytes - 1 }),
        );
    const idx: string[] = [];
    add('indexes/index.cdx.gz', false, () => zipNum(indexLines(archive.directory, chosen), idx));
    add('indexes/index.idx', true, () => Readable.from([`${idx.join('\n')}\n`], { objectMode: false }));
    add('pages/pages.jsonl', true, () => pages(source));
    let description = '';
    zip.addReadStreamLazy('datapackage.json', (done) => {
      description = datapackage(resources);
      done(null, Readable.from([description], { objectMode: false }));
    });
    zip.addReadStreamLazy('datapackage-digest.json', (done) => {
      const hash = `sha256:${createHash('sha256').update(description).digest('hex')}`;
      done(
        null,
        Readable.from([`${JSON.stringify({ path: 'datapackage.json', hash }, null, 2)}\n`], { objectMode: false }),
      );
    });
    zip.on('error', failed);
    zip.end();
    yield* zip.outputStream as Readable;
  } finally {
    await replay.close();
    chosen?.close();
  }
}

async function* counted(bytes: AsyncIterable<Uint8Array | string>, resource: Resource): AsyncGenerator<Buffer> {
  for await (const chunk of bytes) {
    const buffer =
      typeof chunk === 'string' ? Buffer.from(chunk) : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
    resource.hash.update(buffer);
    resource.bytes += buffer.length;
    yield buffer;
  }
}

/** Which captures were copied, and where to: on the disk, as there may be millions. */
class Chosen {
  readonly #db = openTemporary();
  readonly #put;
  readonly #get;

  constructor() {
    this.#db.exec(
      'CREATE TEMP TABLE capture (file TEXT, offset INTEGER, now INTEGER, PRIMARY KEY (file, offset)) WITHOUT ROWID',
    );
    this.#put = this.#db.prepare('INSERT OR IGNORE INTO capture VALUES (?, ?, ?)');
    this.#get = this.#db.prepare('SELECT now FROM capture WHERE file = ? AND offset = ?');
  }

  /** False where it is there already. */
  put(file: string, offset: number, now: number): boolean {
    return this.#put.run(file, offset, now).changes > 0;
  }

  placeOf(file: string, offset: number): number | undefined {
    return (this.#get.get(file, offset) as { now: number } | undefined)?.now;
  }

  close(): void {
    this.#db.close();
  }
}

/** Members as they are: their digests stay true. A revisit takes along what it repeats. */
async function* selectedCaptures(source: ExportSource, replay: Replay, chosen: Chosen): AsyncGenerator<Buffer> {
  let at = 0;
  for await (const { article } of source.records()) {
    for (const { warc } of article.capture ? [article.capture, ...(article.capture.parts ?? [])] : [])
      for (let pointer = warc; pointer; ) {
        const member = await replay.member(pointer);
        if (!member || !chosen.put(pointer.file, pointer.offset, at)) break;
        at += member.length;
        yield member;
        const record = await replay.record(pointer);
        pointer = record?.type === 'revisit' ? await replay.original(record) : undefined;
      }
  }
}

async function* indexLines(directory: string, chosen: Chosen | undefined): AsyncGenerator<string> {
  for await (const line of readIndex(directory)) {
    if (!chosen) {
      yield line;
      continue;
    }
    const brace = line.indexOf('{');
    const fields = JSON.parse(line.slice(brace)) as Record<string, string>;
    const offset = chosen.placeOf(`warc/${fields.filename}`, Number(fields.offset));
    if (offset !== undefined)
      yield line.slice(0, brace) + JSON.stringify({ ...fields, offset: String(offset), filename: SELECTED });
  }
}

/** A compressed index, and in `idx` where each of its members begins. */
async function* zipNum(lines: AsyncIterable<string>, idx: string[]): AsyncGenerator<Buffer> {
  idx.push('!meta 0 {"format":"cdxj-gzip-1.0","filename":"index.cdx.gz"}');
  let offset = 0;
  let waiting: string[] = [];
  const member = (): Buffer => {
    const bytes = gzipSync(`${waiting.join('\n')}\n`);
    const key = waiting[0]!.split(' ', 2).join(' ');
    const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
    idx.push(`${key} ${JSON.stringify({ offset, length: bytes.length, digest, filename: 'index.cdx.gz' })}`);
    offset += bytes.length;
    waiting = [];
    return bytes;
  };
  for await (const line of lines) {
    waiting.push(line);
    if (waiting.length === INDEX_LINES) yield member();
  }
  if (waiting.length > 0) yield member();
  // A reader of gzip wants a member, if only an empty one.
  else if (offset === 0) yield gzipSync('');
}

async function* pages(source: ExportSource): AsyncGenerator<string> {
  yield `${JSON.stringify({ format: 'json-pages-1.0', id: 'pages', title: 'Articles', hasText: true })}\n`;
  for await (const record of source.records()) yield pageLine(record);
}

function pageLine({ article, number }: StoredRecord): string {
  const { id, capture, url, headline, articleBody } = article;
  return `${jsonLine({
    // The same content may come back as a later revision.
    id: `${id.slice('sha256:'.length, 'sha256:'.length + 32)}-${number}`,
    url: capture?.finalUrl ?? url,
    ...(capture && { ts: capture.fetchedAt }),
    ...(headline !== undefined && { title: headline }),
    ...(articleBody !== undefined && { text: articleBody }),
  })}\n`;
}

function datapackage(resources: readonly Resource[]): string {
  const now = `${new Date().toISOString().slice(0, 19)}Z`;
  return `${JSON.stringify(
    {
      profile: 'data-package',
      wacz_version: '1.1.1',
      title: 'Articles',
      created: now,
      software: `tearsheet ${VERSION}`,
      resources: resources.map(({ path, hash, bytes }) => ({
        name: path.slice(path.lastIndexOf('/') + 1).toLowerCase(),
        path,
        hash: `sha256:${hash.digest('hex')}`,
        bytes,
      })),
    },
    null,
    2,
  )}\n`;
}
