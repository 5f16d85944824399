/**
 * Captures that made no record: pages that the extractor of their day took for no article. In: an archive's index. Out:
 * each such capture, with the record that it makes now, if it is an article that the archive has not and that its settings
 * want. An article's further pages are joined where their captures are there. In the order of the index: by URL, then time.
 */
import type { Archive, NewRecord } from '../archive/archive.js';
import { INDEX_FILE } from '../archive/layout.js';
import { linesIn } from '../archive/lines.js';
import type { ArchiveReader } from '../archive/reader.js';
import { isPage, readIndexLine } from '../archive/replay.js';
import type { WarcPointer } from '../article.js';
import { articleKey } from '../article-key.js';
import { captureOf, type TurnedPage, turnPages } from '../crawl/article-pages.js';
import { foreignResponse } from '../foreign.js';
import { joinPages } from '../join.js';
import { mapConcurrently } from '../pool/ordered.js';
import { PageFailure, type Pool } from '../pool/pool.js';
import { articleRecord, keyOf } from '../record.js';
import { type RevisionState, revise, sketchOf } from '../revise.js';
import { createScope, type Scope } from '../scope.js';
import { createSelector, type SelectionInput, selectionSchema } from '../selection.js';
import type { Settings } from '../settings.js';
import { applyProfile } from '../site/apply.js';
import type { SiteProfile } from '../site/profile.js';
import { openTemporary } from '../state.js';
import { normalizeUrl, siteOf } from '../url.js';
import type { CapturedPage, CapturedPages } from './captured.js';
import type { Profiles } from './profiles.js';

export interface UnrecordedRooms {
  readonly reader: ArchiveReader;
  /** Absent: nothing is written. */
  readonly archive: Archive | undefined;
  readonly pages: CapturedPages;
  readonly profiles: Profiles;
  readonly pool: Pool;
  readonly settings: Settings;
  readonly options: {
    readonly url?: string;
    readonly selection?: SelectionInput;
    readonly signal?: AbortSignal;
  };
  readonly concurrency: { readonly width: number; readonly capacity: number; readonly ordered: boolean };
}

export interface Unrecorded {
  readonly url: string;
  readonly wireBytes: number;
  readonly failed: boolean;
  readonly record?: NewRecord;
  readonly profile?: SiteProfile | undefined;
}

type Read = Omit<Unrecorded, 'record'> & { readonly page?: Page };
interface Page {
  readonly captured: CapturedPage;
  readonly final: ReturnType<typeof applyProfile>;
  readonly siteProfile: string | undefined;
}

export async function* findUnrecorded(rooms: UnrecordedRooms): AsyncGenerator<Unrecorded> {
  const { concurrency, options, settings } = rooms;
  const scope = createScope(settings, settings.seeds);
  const isWanted = createSelector(selectionSchema.parse(options.selection ?? {}));
  /** Articles found here, by key: an edition that comes later is a revision. */
  const found = new Map<string, RevisionState & { readonly url: string }>();
  for await (const { page, ...read } of mapConcurrently(captures(rooms), concurrency, (captured) =>
    readOne(captured, rooms),
  )) {
    const record = page && recordOf(page, { rooms, scope, found });
    yield record && isWanted(record.article) ? { ...read, record } : read;
  }
}

interface Place {
  readonly url: string;
  readonly pointer: WarcPointer;
  readonly captured: CapturedPage | { readonly outcome: unknown };
}

/** Pages that no record points to, one after the other. */
async function* captures({ reader, pages, options }: UnrecordedRooms): AsyncGenerator<Place> {
  const named = openTemporary();
  try {
    named.exec('CREATE TEMP TABLE named (file TEXT, offset INTEGER, PRIMARY KEY (file, offset)) WITHOUT ROWID');
    const put = named.prepare('INSERT OR IGNORE INTO named VALUES (?, ?)');
    const has = named.prepare('SELECT 1 FROM named WHERE file = ? AND offset = ?');
    for await (const { article } of reader.records())
      for (const { warc } of article.capture ? [article.capture, ...(article.capture.parts ?? [])] : [])
        if (warc) put.run([warc.file, warc.offset]);
    const wanted = options.url === undefined ? undefined : (normalizeUrl(options.url) ?? options.url);
    for await (const { bytes } of linesIn(reader.directory, INDEX_FILE)) {
      if (options.signal?.aborted) return;
      const { fields, pointer } = readIndexLine(bytes.toString());
      const { url = '' } = fields;
      if (!isPage(fields) || has.get([pointer.file, pointer.offset])) continue;
      if (wanted !== undefined && normalizeUrl(url) !== wanted) continue;
      // What its lead said stands beside it, if its run kept that.
      yield { url, pointer, captured: await pages.page(pointer, true) };
    }
  } finally {
    named.close();
  }
}

async function readOne({ url, captured }: Place, rooms: UnrecordedRooms): Promise<Read> {
  if ('outcome' in captured) return { url, wireBytes: 0, failed: true };
  const { task, wireBytes } = captured;
  const read = { url, wireBytes, failed: false };
  if (task.body.length === 0 || foreignResponse(task.body as Uint8Array, task.contentType) !== undefined) return read;
  const { pages, pool, profiles, settings } = rooms;
  try {
    const first = await pool.read(task);
    // A further page of an article is none of its own.
    if (!first.draft.verdict.isArticle || first.pages?.first !== undefined) return read;
    const { maxArticlePages } = settings;
    const turned = await turnPages<TurnedPage & Pick<CapturedPage, 'capture'>>(
      first,
      maxArticlePages,
      async (address) => {
        const pointer = await pages.newestOf(address);
        const page = pointer && (await pages.page(pointer, true));
        if (!page || 'outcome' in page) return { outcome: { name: 'failed', reason: 'no-capture' } as const };
        return { ...(await pool.read(page.task)), capture: page.capture };
      },
    );
    const draft = joinPages(
      first.draft,
      turned.further.map(({ page, isWhole }) => ({ draft: page.draft, isWhole })),
    );
    const robots = [...new Set([...(captured.capture.robots ?? []), ...draft.robots])];
    const { tdmReservation = captured.capture.tdmReservation } = draft;
    const capture = captureOf(
      { ...captured.capture, ...(robots.length > 0 && { robots }), ...(tdmReservation && { tdmReservation }) },
      turned,
    );
    const { profile, digest } = await profiles.ofSite(siteOf(draft.url));
    return {
      ...read,
      profile,
      page: { captured: { ...captured, capture }, final: applyProfile(draft, profile), siteProfile: digest },
    };
  } catch (error) {
    if (!(error instanceof PageFailure)) throw error;
    return { ...read, failed: true };
  }
}

/** As a crawl would judge it that has the page before it. */
function recordOf(
  { captured, final, siteProfile }: Page,
  {
    rooms: { archive, reader, settings },
    scope,
    found,
  }: { rooms: UnrecordedRooms; scope: Scope; found: Map<string, RevisionState & { readonly url: string }> },
): NewRecord | undefined {
  const { capture } = captured;
  const { fields, url, verdict } = final;
  if (!verdict.isArticle) return undefined;
  const isHidden = capture.robots?.some((directive) => directive === 'noindex' || directive === 'none');
  if (settings.respectNoindex && isHidden) return undefined;
  if (scope.verdictOfArticle(url) ?? scope.verdictOfDate(fields.datePublished)) return undefined;
  const key = keyOf(final);
  const earlier = found.get(key);
  if (earlier ? earlier.url !== url : reader.known(key) || reader.known(articleKey(url))) return undefined;
  const revision = revise(key, fields, earlier);
  if (revision.kind === 'unchanged') return undefined;
  const sketch = sketchOf(fields.articleBody ?? '');
  const copy = (archive ?? reader).copyOf({ key, textDigest: revision.textDigest, sketch });
  const article = articleRecord(final, verdict.type, {
    capture,
    revision,
    ...(copy && { duplicateOf: copy.id }),
    ...(siteProfile !== undefined && { siteProfile }),
  });
  found.set(key, { ...revision, url });
  return { key, article, revision, sketch };
}
