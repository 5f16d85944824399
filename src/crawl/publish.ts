/**
 * A page that left the desk becomes a record, or ends otherwise. In: a held page with its site's profile. Out: the
 * committed article, if it is one that the run wants. Judges against the newest state with no wait in between, so that
 * two pages of one article never both count as new.
 */
import type { Archive, CopyFound, KnownArticle } from '../archive/archive.js';
import type { Article } from '../article.js';
import { articleKey } from '../article-key.js';
import type { Settlement } from '../frontier/frontier.js';
import type { Outcome } from '../outcome.js';
import { articleRecord, keyOf } from '../record.js';
import { moved, type Revision, revise, sketchOf } from '../revise.js';
import type { Scope } from '../scope.js';
import { applyProfile, type FinalPage } from '../site/apply.js';
import { profileDigest, type SiteProfile } from '../site/profile.js';
import { siteOf } from '../url.js';
import type { Ready } from './desk.js';
import { nextVisitMs } from './revisit.js';
import type { HeldPage, HeldPart } from './visit.js';

export interface Published {
  readonly outcome: Outcome;
  /** Resolves when it is on the disk. */
  readonly committed: Promise<Article | undefined>;
  /** Leads that end with it: of the article's further pages, of the address that it has left. */
  readonly others: readonly { readonly url: string; readonly outcome: Outcome }[];
}

export interface PublishRooms {
  readonly archive: Archive;
  readonly scope: Scope;
  /** Ends leads inside the archive's transaction. */
  readonly settle: (items: readonly Settlement[]) => void;
  /** Whether pages marked noindex become no records. */
  readonly respectNoindex: boolean;
  /** Whether the run has as many articles as it may have. */
  readonly isFull: () => boolean;
}

/** A page that left the desk, with all that its site's profile says of it. */
export class Finished {
  readonly held: HeldPage;
  readonly profile: SiteProfile;
  readonly page: FinalPage;
  #sketch: { readonly made: Uint32Array | undefined } | undefined;
  #key: string | undefined;
  readonly #copies = new Map<string, CopyFound | undefined>();

  constructor({ held, profile }: Ready<HeldPage>) {
    this.held = held;
    this.profile = profile;
    this.page = applyProfile(held.draft, profile);
  }

  /** Of the body's text; undefined where there is too little. */
  get sketch(): Uint32Array | undefined {
    this.#sketch ??= { made: sketchOf(this.page.fields.articleBody ?? '') };
    return this.#sketch.made;
  }

  /** The key under which it counts in this archive. */
  keyIn(archive: Archive): string {
    this.#key ??= keyIn(archive, this);
    return this.#key;
  }

  /** What it is a copy of, if it counts under this key. */
  copyIn(archive: Archive, key: string): CopyFound | undefined {
    if (!this.#copies.has(key)) {
      const { textDigest } = revise(key, this.page.fields);
      this.#copies.set(key, archive.copyOf({ key, textDigest, sketch: this.sketch }));
    }
    return this.#copies.get(key);
  }

  /** Other articles may have come into the archive since it was asked. */
  haveWaited(): void {
    this.#key = undefined;
    this.#copies.clear();
  }
}

/** The address under which the archive has an article with this text, where it may have moved from there. */
export function earlierAddress(
  finished: Finished,
  archive: Archive,
  mayLeadTo: (from: string, to: string) => boolean,
): KnownArticle | undefined {
  const { held, page } = finished;
  if (!page.verdict.isArticle) return undefined;
  const key = finished.keyIn(archive);
  if (archive.known(key) || archive.known(articleKey(held.lead.url))) return undefined;
  const copy = finished.copyIn(archive, key);
  return copy && mayLeadTo(copy.url, page.url) ? archive.known(copy.key) : undefined;
}

/** `from`: the article that has moved here, with how its address ended, and its lead, where that is still to end. */
export function publish(
  finished: Finished,
  rooms: PublishRooms,
  from?: { readonly article: KnownArticle; readonly left: Outcome; readonly lead?: number | undefined },
): Published {
  const { archive, scope, settle } = rooms;
  const { held, profile, page } = finished;
  const { lead, capture, visit, parts } = held;
  const { datePublished, dateModified } = page.fields;

  const visits = [visit, ...parts.flatMap((part) => part.visit ?? [])];
  const ofParts = parts.map((part) => settlementOf(part, lead.id));
  const others = parts.map((part) => ({ url: part.lead.url, outcome: part.outcome }));
  const end = (outcome: Outcome, nextMs?: number): Published => {
    const settlement = { id: lead.id, outcome, ...(nextMs !== undefined && { nextVisitMs: nextMs }) };
    const within = () => settle([settlement, ...ofParts]);
    return { outcome, committed: archive.commit({ visits, within }).then(() => undefined), others };
  };
  // What is no article may lead to new ones tomorrow.
  if (!page.verdict.isArticle) return end({ name: 'not-article', reason: page.verdict.reason }, held.nextListingMs);
  if (rooms.respectNoindex && capture.robots?.some((directive) => directive === 'noindex' || directive === 'none'))
    return end({ name: 'disallowed', reason: 'noindex' });
  const outside = scope.verdictOfArticle(page.url) ?? scope.verdictOfDate(datePublished);
  if (outside) return end(outside);

  const key = finished.keyIn(archive);
  const asked = articleKey(lead.url);
  const known = archive.known(key);
  // A canonical URL or another spelling of the address led to the same article.
  if (known && known.url !== page.url && lead.visits === 0)
    return end({ name: 'duplicate', reason: 'canonical-known', detail: known.url });
  // The old address led here.
  const old = known ? undefined : (from?.article ?? (asked === key ? undefined : archive.known(asked)));
  const here = revise(key, page.fields, known);
  const revision = old ? moved(here, old) : here;
  const nextMs = nextVisitMs(Date.parse(capture.fetchedAt), datePublished, dateModified);
  // The same bytes are no edit, though a profile that has learned reads them otherwise.
  const isSamePage = known !== undefined && parts.length === 0 && archive.payloadOf(lead.url) === capture.payloadDigest;
  if (revision.kind === 'unchanged' || isSamePage) return end({ name: 'unchanged', reason: 'same-content' }, nextMs);
  if (rooms.isFull()) return end({ name: 'out-of-scope', reason: 'limit', detail: '--max-articles' });

  const { sketch } = finished;
  const copy = old ? undefined : finished.copyIn(archive, key);
  // The print version, the article in another section: once is enough.
  const twin = copy && !known && siteOf(copy.url) === siteOf(page.url) ? archive.known(copy.key) : undefined;
  if (twin && isSameText(twin, revision)) return end({ name: 'duplicate', reason: 'same-content', detail: twin.url });
  const article = articleRecord(page, page.verdict.type, {
    capture,
    revision,
    ...(copy && { duplicateOf: copy.id }),
    siteProfile: digestOf(profile),
  });
  const outcome: Outcome = { name: 'archived', reason: revision.kind };
  const settlements: Settlement[] = [{ id: lead.id, outcome, nextVisitMs: nextMs }, ...ofParts];
  const isLeft = from?.lead !== undefined && from.lead !== lead.id;
  if (isLeft) settlements.push({ id: from.lead, outcome: from.left });
  const committed = archive.commit({
    records: [{ key, article, revision, sketch }],
    visits,
    within: () => settle(settlements),
  });
  return {
    outcome,
    committed: committed.then(() => article),
    others: isLeft ? [...others, { url: from.article.url, outcome: from.left }] : others,
  };
}

/** `first`: the lead of the article's first page. */
export function settlementOf({ lead, outcome }: HeldPart, first: number): Settlement {
  return { id: lead.id, outcome, ...(outcome.name === 'duplicate' && { pageOf: first }) };
}

/**
 * The key under which a page counts in this archive. Some templates name one page as canonical of all, mostly a section:
 * where a page with another headline and another text has come under that name, the name says nothing.
 */
function keyIn(archive: Archive, finished: Finished): string {
  const { page } = finished;
  const key = keyOf(page);
  const own = articleKey(page.url);
  const known = key === own ? undefined : archive.known(key);
  if (!known || known.url === page.url) return key;
  const { fieldDigests } = revise(own, page.fields);
  const { headline, articleBody } = known.fieldDigests;
  if (fieldDigests.headline === headline || fieldDigests.articleBody === articleBody) return key;
  const copy = finished.copyIn(archive, own);
  return copy?.key === key ? key : own;
}

function isSameText(known: KnownArticle, { fieldDigests }: Revision): boolean {
  const { headline, articleBody } = known.fieldDigests;
  return articleBody === fieldDigests.articleBody && headline === fieldDigests.headline;
}

const digests = new WeakMap<SiteProfile, string>();

/** A profile is fixed while it is applied: its digest is made once. */
function digestOf(profile: SiteProfile): string {
  let digest = digests.get(profile);
  if (digest === undefined) {
    digest = profileDigest(profile);
    digests.set(profile, digest);
  }
  return digest;
}
