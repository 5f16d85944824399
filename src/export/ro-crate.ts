/**
 * An RO-Crate 1.1 (https://w3id.org/ro/crate/1.1) for a research data repository: the records as JSONL and CSV, the
 * schema of their lines, and metadata that say what they are, how they were made, and by which runs.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { articleSchema } from '../article-schema.js';
import { VERSION } from '../version.js';
import { escapeHtml } from './article-html.js';
import { exportCsv } from './csv.js';
import type { Bytes, ExportedFile, ExportSource } from './formats.js';
import { page } from './html.js';
import { exportJsonl } from './jsonl.js';

interface File {
  readonly path: string;
  readonly name: string;
  readonly encodingFormat: string;
  bytes: number;
  sha256: string;
}

const SOFTWARE = '#tearsheet';
const RIGHTS = '#rights';

export async function* exportRoCrate(source: ExportSource): AsyncIterable<ExportedFile> {
  const files: File[] = [];
  let records = 0;
  const file = (path: string, name: string, encodingFormat: string, content: Bytes): ExportedFile => {
    const entry: File = { path, name, encodingFormat, bytes: 0, sha256: '' };
    files.push(entry);
    return { path, content: counted(content, entry) };
  };
  const counting: ExportSource = {
    ...source,
    async *records() {
      records = 0;
      for await (const record of source.records()) {
        records++;
        yield record;
      }
    },
  };
  yield file('articles.jsonl', 'Records, one JSON object a line', 'application/jsonl', exportJsonl(counting));
  yield file('articles.csv', 'The same records as a table', 'text/csv', exportCsv(counting));
  const schema = `${JSON.stringify({ title: 'A record: one article', ...z.toJSONSchema(articleSchema) }, null, 2)}\n`;
  yield file('article.schema.json', 'JSON Schema of a line of articles.jsonl', 'application/schema+json', once(schema));
  const graph = graphOf(source, files, records);
  yield { path: 'ro-crate-metadata.json', content: `${JSON.stringify(graph, null, 2)}\n` };
  yield { path: 'ro-crate-preview.html', content: preview(files, records) };
}

async function* counted(content: Bytes, file: File): Bytes {
  const hash = createHash('sha256');
  for await (const chunk of content) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    hash.update(bytes);
    file.bytes += bytes.length;
    yield bytes;
  }
  file.sha256 = hash.digest('hex');
}

async function* once(text: string): Bytes {
  yield text;
}

function graphOf({ archive, selection }: ExportSource, files: readonly File[], records: number): unknown {
  const runs = archive.manifests().flatMap((file) => {
    const { run, startedAt, sealedAt, software, settings } = JSON.parse(
      readFileSync(join(archive.directory, file), 'utf8'),
    );
    return [
      { run, startedAt, sealedAt, software, seeds: Array.isArray(settings?.seeds) ? (settings.seeds as string[]) : [] },
    ];
  });
  const newest = runs.at(-1)?.sealedAt ?? new Date().toISOString();
  const chosen = Object.entries(selection).filter(([, value]) => (Array.isArray(value) ? value.length > 0 : value));
  const ids = (list: readonly string[]) => list.map((id) => ({ '@id': id }));
  return {
    '@context': ['https://w3id.org/ro/crate/1.1/context', { sha256: 'https://w3id.org/ro/terms/workflow-run#sha256' }],
    '@graph': [
      {
        '@id': 'ro-crate-metadata.json',
        '@type': 'CreativeWork',
        conformsTo: { '@id': 'https://w3id.org/ro/crate/1.1' },
        about: { '@id': './' },
      },
      {
        '@id': './',
        '@type': 'Dataset',
        name: 'News articles',
        description: `${records} records of news articles, each with the fields that were read from its page, where they were read, and the digest of the capture that proves them.${
          chosen.length > 0 ? ` Chosen by: ${chosen.map(([name, value]) => `${name} ${value}`).join('; ')}.` : ''
        }`,
        datePublished: newest,
        license: { '@id': RIGHTS },
        hasPart: ids(files.map(({ path }) => path)),
        mentions: ids(runs.map(({ run }) => `#run-${run}`)),
      },
      ...files.map(({ path, name, encodingFormat, bytes, sha256 }) => ({
        '@id': path,
        '@type': 'File',
        name,
        encodingFormat,
        contentSize: String(bytes),
        sha256,
      })),
      {
        '@id': RIGHTS,
        '@type': 'CreativeWork',
        name: 'Rights',
        description:
          "The articles are their publishers' and authors' works. What may be done with them depends on the law of the place and on the publishers' terms; each record keeps what its page said (capture.robots, capture.tdmReservation, capture.contentSignal).",
      },
      {
        '@id': SOFTWARE,
        '@type': 'SoftwareApplication',
        name: 'tearsheet',
        version: VERSION,
        softwareVersion: VERSION,
      },
      ...runs.map(({ run, startedAt, sealedAt, software, seeds }) => ({
        '@id': `#run-${run}`,
        '@type': 'CreateAction',
        name: `Crawl ${run} by ${software}`,
        startTime: startedAt,
        endTime: sealedAt,
        instrument: { '@id': SOFTWARE },
        ...(seeds.length > 0 && { description: `Started from ${seeds.join(' ')}` }),
        result: { '@id': 'articles.jsonl' },
      })),
    ],
  };
}

function preview(files: readonly File[], records: number): string {
  const rows = files.map(
    ({ path, name, bytes }) =>
      `<tr><td><a href="${escapeHtml(path)}">${escapeHtml(path)}</a></td><td>${escapeHtml(name)}</td><td>${bytes} bytes</td></tr>`,
  );
  return page({
    title: 'News articles',
    language: 'en',
    body: `<h1>News articles</h1>\n<p>${records} records.</p>\n<table>${rows.join('\n')}</table>`,
  });
}
