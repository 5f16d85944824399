/**
 * WARC files of any origin. In: bytes, gzip or not. Out: a page for every successful response that is HTML, with its
 * capture; damaged stretches come out as lost, with their place. What is no page (images, redirects, requests,
 * robots.txt) is passed over.
 */
import { createHash } from 'node:crypto';
import { type HttpMessage, httpOf, payloadOf, readWarc, type WarcRecord } from '../../archive/warc-read.js';
import type { Capture } from '../../article.js';
import { robotsDirectives } from '../../fetch/robots-directives.js';
import { isUrl } from '../../url.js';
import type { ByteStream } from './bytes.js';
import { kindOfContent } from './kind.js';
import type { InputPage } from './page.js';

/** `path` is undefined for standard input. */
export async function* readWarcPages(stream: ByteStream, path: string | undefined): AsyncGenerator<InputPage> {
  const name = path ?? 'standard input';
  const damages: InputPage[] = [];
  const onDamage = ({ offset, reason }: { offset: number; reason: string }): void => {
    const place = `${name} at byte ${offset}`;
    damages.push({
      kind: 'lost',
      place,
      outcome: { name: 'failed', reason: 'bad-input', detail: `${place}: ${reason}` },
    });
  };
  for await (const record of readWarc(stream, { onDamage })) {
    yield* damages.splice(0);
    const page = pageOf(record, path);
    if (page) yield page;
  }
  yield* damages.splice(0);
}

function pageOf(record: WarcRecord, path: string | undefined): InputPage | undefined {
  const { type, url, headers: fields, block } = record;
  if (url === undefined || !/^https?:/i.test(url) || !isUrl(url)) return undefined;
  // A resource is a page without its HTTP header, as some tools write it.
  const message: HttpMessage | undefined =
    type === 'response'
      ? httpOf(record)
      : type === 'resource'
        ? { status: 200, headers: [['content-type', fields.get('content-type') ?? '']], payload: block }
        : undefined;
  if (!message || message.status < 200 || message.status >= 300) return undefined;
  const header = (wanted: string): string | undefined =>
    message.headers.find(([field, value]) => field.toLowerCase() === wanted && value !== '')?.[1];
  const contentType = header('content-type');
  if (contentType !== undefined && !/html/i.test(contentType)) return undefined;
  const body = payloadOf(message);
  if (body.length === 0 || (contentType === undefined && kindOfContent(body) !== 'html')) return undefined;

  const date = new Date(record.date ?? '');
  const fetchedAt = Number.isNaN(date.getTime()) ? undefined : date.toISOString();
  const robots = robotsDirectives(message.headers);
  const contentLanguage = header('content-language');
  const lastModified = header('last-modified');
  const etag = header('etag');
  const capture: Capture | undefined =
    fetchedAt === undefined
      ? undefined
      : {
          fetchedAt,
          status: message.status,
          finalUrl: url,
          ...(etag !== undefined && { etag }),
          ...(lastModified !== undefined && { lastModified }),
          bytes: body.length,
          payloadDigest: `sha256:${createHash('sha256').update(body).digest('hex')}`,
          ...(robots.length > 0 && { robots }),
          ...(path !== undefined && record.place && { warc: { file: path, ...record.place } }),
        };
  return {
    kind: 'page',
    url,
    task: {
      body,
      ...(fetchedAt !== undefined && { fetchedAt }),
      ...(contentType !== undefined && { contentType }),
      http: {
        ...(contentLanguage !== undefined && { contentLanguage }),
        ...(lastModified !== undefined && { lastModified }),
        ...(robots.length > 0 && { robots }),
      },
    },
    ...(capture && { capture }),
  };
}
