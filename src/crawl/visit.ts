/**
 * A lead is visited: fetched, kept as a capture, and read. In: a lead whose turn it is. Out: how that ended, or the
 * page's draft. New leads go to the frontier on the way.
 */

import type { Archive, PageVisit } from '../archive/archive.js';
import type { Capture } from '../article.js';
import { articleKey } from '../article-key.js';
import type { ArticlePages } from '../discover/article-pages.js';
import { readDocument } from '../discover/document.js';
import { leadsOf } from '../discover/links.js';
import { isPaginationUrl } from '../discover/url-words.js';
import { type Exchange, type FetchResult, headerOf } from '../exchange.js';
import { tdmOfHeader } from '../fetch/tdm.js';
import { foreignResponse } from '../foreign.js';
import type { Frontier, LeasedLead } from '../frontier/frontier.js';
import type { Lead } from '../lead.js';
import type { Outcome } from '../outcome.js';
import type { PageDraft } from '../page.js';
import { PageFailure, type Pool } from '../pool/pool.js';
import type { Scope } from '../scope.js';
import type { Settings } from '../settings.js';
import { siteOf } from '../url.js';
import type { Held } from './desk.js';
import { failureOfStatus, mayPass } from './failures.js';
import type { FurtherPages } from './further.js';
import type { HostMoves } from './host-moves.js';
import { type Followed, type Leads, LIKELY } from './leads.js';
import { type Departures, sentToFront } from './moved.js';
import { whenNotModified, withFurther } from './parts.js';
import type { PoliteClient } from './polite.js';
import { EVERY_RUN_MS, nextListingVisitMs, nextVisitMs } from './revisit.js';
import { taskFor, witnessOf } from './task.js';

/** A draft with what the record will say of its capture. The page's bytes are gone by now. */
export interface HeldPage extends Held {
  readonly lead: LeasedLead;
  readonly draft: PageDraft;
  /** What it says of further pages of its article; joined with these, it is said no more. */
  readonly pages?: ArticlePages | undefined;
  readonly parts: readonly HeldPart[];
  readonly capture: Capture;
  readonly visit: PageVisit;
  /** When to look again if it is no article, milliseconds since the epoch. */
  readonly nextListingMs: number;
}

type Ended = Extract<Visit, { end: Outcome } | { again: Outcome }>;
/** One page, alone. */
export type Read = Ended | { readonly page: HeldPage } | { readonly notModified: PageVisit };

/** A lead that ends with that of its article's first page. */
export interface HeldPart {
  readonly lead: LeasedLead;
  readonly outcome: Outcome;
  readonly visit?: PageVisit | undefined;
}

export type Visit =
  | {
      readonly end: Outcome;
      readonly nextVisitMs?: number;
      readonly visit?: PageVisit;
      readonly parts?: readonly HeldPart[];
    }
  /** Not now: the failure may pass, or the run is ending. `leases`: leads that were taken beside it. */
  | { readonly again: Outcome; readonly isTry: boolean; readonly leases?: readonly LeasedLead[] }
  /** `others`: what was asked for as a page of it, and is none. */
  | { readonly page: HeldPage; readonly others?: readonly HeldPage[] }
  /** A further page of an article that is still to be read. */
  | { readonly waits: HeldPage };

export interface VisitRooms {
  readonly settings: Settings;
  readonly archive: Archive;
  readonly frontier: Frontier;
  readonly client: PoliteClient;
  readonly pool: Pool;
  readonly scope: Scope;
  readonly leads: Leads;
  readonly departures: Departures;
  readonly hostMoves: HostMoves;
  readonly further: FurtherPages;
  /** Whether the pages of an article are joined. */
  readonly joins: boolean;
  /** Whether one more page may be asked for; it counts as asked for then. */
  readonly mayAsk: () => boolean;
  readonly signal: AbortSignal;
  /** The host is no longer asked for this lead: the next one may have its turn. At the latest when the visit has ended. */
  readonly freeHost: () => Promise<void>;
}

export async function visit(lead: LeasedLead, rooms: VisitRooms): Promise<Visit> {
  const left = rooms.departures.outcomeOf(lead.url);
  if (left) return { end: left };
  // A page of an article that waits by itself, after a run that was cut off: its text is needed, changed or not.
  const isPart = rooms.joins && lead.last === 'duplicate';
  const read = await readLead(lead, rooms, isPart);
  if ('notModified' in read) return whenNotModified(lead, read.notModified, rooms);
  if (!('page' in read)) return read;
  const { page } = read;
  const { first } = page.pages ?? {};
  if (!page.draft.verdict.isArticle) return { page };
  if (first === undefined || !rooms.joins || rooms.further.isFull) return withFurther(page, rooms);
  const lead1: Lead = {
    ...{ url: first, kind: 'page', source: 'pagination', foundOn: lead.url, depth: lead.depth, articleLikelihood: 1 },
    // What was read before has more pages than it had.
    lastModified: new Date().toISOString(),
  };
  if (rooms.scope.verdictOf(first, { depth: lead.depth, kind: 'page', foundOn: lead.url })) return { page };
  await rooms.leads.want([lead1]);
  return { waits: page };
}

/** Asks for a lead and reads what comes, alone. */
export async function readLead(lead: LeasedLead, rooms: VisitRooms, isNew = false): Promise<Read> {
  const { archive, client, departures, leads, settings } = rooms;
  const fetched = await fetchLead(lead.url, lead, rooms, isNew);
  const { exchange } =
    lead.asGiven !== undefined && isMissing(fetched) ? await fetchLead(lead.asGiven, lead, rooms, isNew) : fetched;
  // What a page names decides whether its like are worth a request: it is read before the host's next lead is taken.
  if (!isListing(lead) && !leads.mayRepeat(lead)) await rooms.freeHost();
  const failure =
    fetched.failure && exchange === fetched.exchange
      ? fetched.failure
      : exchange && failureOfStatus(exchange, lead.visits > 0);
  if (exchange) leads.tried(lead, failure?.name !== 'gone');
  if (failure) {
    departures.note(lead.url, failure);
    if (exchange) await archive.keep(exchange);
    return ended(failure, lead, settings);
  }
  if (!exchange) throw new Error(`no exchange and no failure for ${lead.url}`);
  if (exchange.finalUrl === lead.url) departures.noteStaying(lead.url);
  if (exchange.status === 304) {
    const kept = await archive.keep(exchange);
    // It has moved, and is what it was: it goes on at the new address, where its links lead elsewhere, and is read there.
    const hasMoved =
      isAnother(exchange.finalUrl, lead.url) &&
      ((await rooms.frontier.idOf(exchange.finalUrl)) !== lead.id ||
        (archive.known(articleKey(lead.url)) !== undefined &&
          archive.known(articleKey(exchange.finalUrl)) === undefined));
    if (hasMoved && !isNew) return readLead(lead, rooms, true);
    return { notModified: visitOf(lead.url, exchange, kept.fetchedAt) };
  }
  if (exchange.finalUrl !== lead.url) await rooms.frontier.alias(exchange.finalUrl, lead.id);
  return (await readAsDocument(lead, exchange, rooms)) ?? (await readAsPage(lead, exchange, client, rooms));
}

function isListing({ kind, source, articleLikelihood = 0 }: LeasedLead): boolean {
  return kind === 'page' && source !== 'sitemap' && source !== 'feed' && articleLikelihood < LIKELY;
}

/** `isNew`: whatever was read before. */
async function fetchLead(
  url: string,
  lead: LeasedLead,
  { archive, client, frontier, hostMoves, scope, signal, settings }: VisitRooms,
  isNew: boolean,
): Promise<FetchResult> {
  // Of what was left out there is no record yet that could be unchanged.
  const isKept = lead.visits > 0 && lead.last !== 'out-of-scope' && lead.last !== 'disallowed';
  const validators = isKept && !isNew ? archive.validatorsOf(lead.url) : undefined;
  const result = await client.fetch({
    url: hostMoves.instead(url),
    purpose: lead.kind,
    signal,
    ...(validators && { validators }),
    mayFollow: async (next) => {
      // Where a seed leads to is what the user meant.
      if (lead.source === 'seed' && !scope.verdictOf(lead.url)) {
        scope.extend(next);
        hostMoves.noteSeed(lead.url, next);
      }
      const outside = scope.verdictOf(next, {
        depth: Math.min(lead.depth, settings.maxDepth),
        kind: lead.kind,
        foundOn: lead.url,
      });
      if (outside) return outside;
      if (lead.kind !== 'page' || lead.source === 'seed' || !isAnother(next, lead.url)) return undefined;
      const wasArticle = !isListing(lead) || archive.known(articleKey(lead.url)) !== undefined;
      const gone = wasArticle ? sentToFront(next) : undefined;
      if (gone) return gone;
      // Its own alias comes from an earlier visit, perhaps one that was cut off.
      const known = await frontier.idOf(next);
      return known !== undefined && known !== lead.id
        ? { name: 'duplicate', reason: 'redirects-to-known', detail: next }
        : undefined;
    },
  });
  if (result.exchange) hostMoves.note(result.exchange);
  return result;
}

/** Whether two URLs differ in more than what a redirect to https or to `www.` changes. */
function isAnother(a: string, b: string): boolean {
  return articleKey(a) !== articleKey(b);
}

function isMissing({
  exchange,
  failure,
}: {
  readonly exchange?: Exchange;
  readonly failure?: Outcome | undefined;
}): boolean {
  return !failure && (exchange?.status === 404 || exchange?.status === 410 || exchange?.status === 400);
}

function ended(outcome: Outcome, lead: LeasedLead, settings: Settings): Ended {
  if (outcome.name === 'failed' && outcome.reason === 'interrupted') return { again: outcome, isTry: false };
  if (mayPass(outcome) && lead.tries < settings.retries) return { again: outcome, isTry: true };
  return { end: outcome };
}

/** Sitemaps and feeds: their leads are all that is wanted of them. */
async function readAsDocument(lead: LeasedLead, exchange: Exchange, rooms: VisitRooms): Promise<Ended | undefined> {
  const { archive, leads, scope, settings } = rooms;
  const contentType = headerOf(exchange, 'content-type');
  const document = readDocument(exchange.body, {
    url: exchange.finalUrl,
    contentType,
    maxBytes: settings.maxSitemapBytes,
  });
  if (!document) return undefined;
  const isWhole = document.kind === 'sitemap' && document.problems.length === 0;
  // The rest of a news sitemap has grown old, not gone: it lists two days.
  if (isWhole && !document.leads.some(({ title }) => title !== undefined))
    await rooms.frontier.putListing(
      lead.url,
      document.leads.map(({ url }) => url),
    );
  // A feed that is the seed stands for the site whose articles it names.
  if (lead.source === 'seed' && document.home !== undefined) scope.extend(document.home);
  await leads.followDocument(document.leads, { url: exchange.finalUrl, depth: lead.depth });
  const kept = await archive.keep(exchange);
  return {
    end: { name: 'not-article', reason: document.kind === 'feed' ? 'feed' : 'sitemap' },
    nextVisitMs: EVERY_RUN_MS,
    visit: visitOf(lead.url, exchange, kept.fetchedAt, kept.payloadDigest),
  };
}

async function readAsPage(
  lead: LeasedLead,
  exchange: Exchange,
  client: PoliteClient,
  rooms: VisitRooms,
): Promise<Read> {
  const { archive, leads, pool, settings } = rooms;
  const foreign = foreignResponse(exchange.body, headerOf(exchange, 'content-type'));
  if (exchange.body.byteLength === 0 || foreign !== undefined) {
    const kept = await archive.keep(exchange);
    const end: Outcome =
      foreign === undefined
        ? { name: 'not-article', reason: 'empty' }
        : { name: 'not-article', reason: foreign.reason, detail: foreign.what };
    return { end, visit: visitOf(lead.url, exchange, kept.fetchedAt, kept.payloadDigest) };
  }
  const { responseHeaders: headers, startedAtMs } = exchange.hops.at(-1)!;
  const bytes = exchange.body.byteLength;
  const witness = witnessOf(lead);
  const fetchedAt = new Date(startedAtMs).toISOString();
  const task = taskFor({ url: exchange.finalUrl, headers, fetchedAt }, witness);
  let reading: Awaited<ReturnType<Pool['read']>>;
  try {
    reading = await pool.read({ body: movable(exchange), links: true, ...task });
  } catch (error) {
    if (!(error instanceof PageFailure)) throw error;
    await archive.keep(exchange);
    return { end: { name: 'failed', reason: 'parse', detail: error.message.split('\n', 1)[0]! } };
  }
  const { draft, links, pages } = reading;
  const robots = [...new Set([...(task.http?.robots ?? []), ...draft.robots])];
  const withhold = settings.respectNoarchive && robots.includes('noarchive') ? 'noarchive' : undefined;
  const kept = await archive.keep(exchange, { withhold, witness });
  leads.learn(exchange.finalUrl, draft.verdict.isArticle);
  const { isArticle } = draft.verdict;
  if (isArticle) leads.noteAge(lead, draft.fields.datePublished);
  if (isArticle && !pages) leads.noteArticle(exchange.finalUrl, await originalOf(draft, rooms.frontier));
  const mayFollow = links && !robots.includes('nofollow') && !robots.includes('none');
  const followed = await leads.followPage(mayFollow ? leadsOf(links) : [], {
    url: exchange.finalUrl,
    depth: lead.depth,
    isArticle,
  });

  const visited = visitOf(lead.url, exchange, kept.fetchedAt, kept.payloadDigest);
  const tdmReservation =
    draft.tdmReservation ??
    tdmOfHeader(headers, exchange.finalUrl) ??
    (settings.readTdmFile && draft.verdict.isArticle
      ? await client.tdmReservationOf(exchange.finalUrl, rooms.signal)
      : undefined);
  const rules = await client.rulesFor(exchange.finalUrl);
  const contentSignal = 'allows' in rules ? rules.contentSignal : undefined;
  const capture: Capture = {
    fetchedAt: kept.fetchedAt,
    status: exchange.status,
    finalUrl: exchange.finalUrl,
    ...(visited.etag !== undefined && { etag: visited.etag }),
    ...(visited.lastModified !== undefined && { lastModified: visited.lastModified }),
    bytes,
    payloadDigest: kept.payloadDigest,
    ...(robots.length > 0 && { robots }),
    ...(tdmReservation && { tdmReservation }),
    ...(contentSignal !== undefined && { contentSignal }),
    ...(kept.pointer && { warc: kept.pointer }),
  };
  return {
    page: {
      lead,
      draft,
      ...(mayFollow && pages && { pages }),
      parts: [],
      capture,
      visit: visited,
      nextListingMs: nextListingMs(lead, leads, followed, isArticle),
    },
  };
}

/** The canonical address, where it is another one and known. */
async function originalOf({ url, canonicalUrl }: PageDraft, frontier: Frontier): Promise<string | undefined> {
  const isOther = canonicalUrl !== undefined && siteOf(canonicalUrl) === siteOf(url) && isAnother(canonicalUrl, url);
  return isOther && (await frontier.idOf(canonicalUrl)) !== undefined ? canonicalUrl : undefined;
}

function nextListingMs(lead: LeasedLead, leads: Leads, { fresh, namesArticles }: Followed, isArticle = false): number {
  const isFurther = lead.source === 'pagination' || isPaginationUrl(lead.url);
  const isArchive = lead.source === 'date-archive';
  return nextListingVisitMs(Date.now(), {
    isSeed: lead.source === 'seed',
    depth: lead.depth,
    // A first visit that was cut off has put its leads into the frontier: they were new then.
    fresh: lead.visits === 0 && lead.tries > 0 ? Math.max(1, fresh) : fresh,
    isPast: isFurther || (isArchive && !leads.isNewestArchive(lead.url)),
    // Articles name others too, and must not take the place of listings.
    isFavoured: !isArticle && namesArticles && leads.favours(lead.url),
  });
}

/** For what the server says has not changed. */
export function whenUnchanged(lead: LeasedLead, { archive, leads }: VisitRooms): number {
  if (lead.kind !== 'page') return EVERY_RUN_MS;
  const article = archive.known(articleKey(lead.url));
  return article
    ? nextVisitMs(Date.now(), article.datePublished)
    : nextListingMs(lead, leads, { fresh: 0, namesArticles: true });
}

/** The body for a worker to take: the archive still needs the wire's bytes. */
function movable({ body, hops }: Exchange): Uint8Array {
  return body.buffer === hops.at(-1)!.wireBody.buffer ? Uint8Array.from(body) : body;
}

function visitOf(url: string, exchange: Exchange, fetchedAt: string, payloadDigest?: string): PageVisit {
  const etag = headerOf(exchange, 'etag');
  const lastModified = headerOf(exchange, 'last-modified');
  return {
    url,
    fetchedAt,
    ...(etag && { etag }),
    ...(lastModified && { lastModified }),
    ...(payloadDigest !== undefined && { payloadDigest }),
  };
}
