/**
 * An article that is split over several pages: the further ones are asked for in the host's lane, each with its own lead
 * and capture, and joined with the first. In: the first page as read, or word that it has not changed. Out: the visit's
 * end, with that of the leads of all its pages. A page that cannot be had is named in the record.
 */
import type { PageVisit } from '../archive/archive.js';
import type { LeasedLead } from '../frontier/frontier.js';
import { joinPages } from '../join.js';
import type { Outcome } from '../outcome.js';
import { captureOf, type Turned, turnPages } from './article-pages.js';
import { type HeldPage, type HeldPart, readLead, type Visit, type VisitRooms, whenUnchanged } from './visit.js';

/** What asking for a further page came to. */
type Answer = HeldPage | { readonly outcome: Outcome };

/** The run ends in the middle of the article: the next one reads all of it. */
class Interrupted extends Error {
  constructor(readonly outcome: Outcome) {
    super(outcome.reason);
  }
}

/** Asks for further pages, each once, and keeps their leads until it is known how they end. */
class Asking {
  readonly #first: LeasedLead;
  readonly #rooms: VisitRooms;
  readonly answers = new Map<string, Answer>();
  readonly leases = new Map<string, LeasedLead>();
  /** Pages that this run has dealt with already. */
  readonly taken = new Set<string>();

  constructor(first: LeasedLead, rooms: VisitRooms) {
    this.#first = first;
    this.#rooms = rooms;
  }

  /**
   * `isNew`: what was read before is read again. Undefined where the page is not to be had: it was visited in this run,
   * or no page more may be asked for.
   */
  async read(url: string, isNew: boolean): Promise<Answer | { readonly notModified: PageVisit } | undefined> {
    const known = this.answers.get(url);
    if (known) return known;
    const { frontier, further, mayAsk, scope, signal, settings } = this.#rooms;
    const { depth, url: foundOn } = this.#first;
    const outside = scope.verdictOf(url, { depth, kind: 'page', foundOn });
    if (outside) return { outcome: outside };
    const held = this.leases.has(url) ? undefined : await further.take(url);
    if (held) {
      this.leases.set(url, held.lead);
      return this.#keep(url, held);
    }
    const lead =
      this.leases.get(url) ?? (await frontier.takeThis({ url, kind: 'page', source: 'pagination', foundOn, depth }));
    if (!lead) {
      this.taken.add(url);
      return undefined;
    }
    this.leases.set(url, lead);
    if (!mayAsk()) {
      // Half of what the archive has would look like an edit.
      if (this.#first.visits > 0) throw new Interrupted(LIMIT);
      return this.#keep(url, { outcome: LIMIT });
    }
    for (let tries = 0; ; tries++) {
      const read = await readLead({ ...lead, tries }, { ...this.#rooms, freeHost: async () => {} }, isNew);
      if (signal.aborted && 'again' in read) throw new Interrupted(read.again);
      if ('notModified' in read) return read;
      if ('page' in read) {
        const { robots } = read.page.capture;
        const isWithheld = settings.respectNoindex && robots?.some((name) => name === 'noindex' || name === 'none');
        return this.#keep(url, isWithheld ? { outcome: { name: 'disallowed', reason: 'noindex' } } : read.page);
      }
      if ('end' in read) return this.#keep(url, { outcome: read.end });
      if (!read.isTry) throw new Interrupted(read.again);
    }
  }

  /** Takes the page's lead, so that nobody asks for it. */
  async skip(url: string): Promise<void> {
    const { frontier, further } = this.#rooms;
    const { depth, url: foundOn } = this.#first;
    if (this.leases.has(url)) return;
    const held = await further.take(url);
    const lead = held?.lead ?? (await frontier.takeThis({ url, kind: 'page', source: 'pagination', foundOn, depth }));
    if (lead) this.leases.set(url, lead);
  }

  #keep(url: string, answer: Answer): Answer {
    this.answers.set(url, answer);
    return answer;
  }
}

/** The page was met by itself in this run: the next one reads the article as a whole. */
const CROSSED: Outcome = { name: 'failed', reason: 'interrupted' };
const LIMIT: Outcome = { name: 'out-of-scope', reason: 'limit', detail: '--max-pages' };

/** The first page, joined with those that follow it. */
export function withFurther(page: HeldPage, rooms: VisitRooms): Promise<Visit> {
  const asking = new Asking(page.lead, rooms);
  return untilInterrupted(asking, () => joined(page, asking, rooms));
}

/** A page that has not changed: have its article's further ones? */
export function whenNotModified(lead: LeasedLead, notModified: PageVisit, rooms: VisitRooms): Promise<Visit> {
  const asking = new Asking(lead, rooms);
  return untilInterrupted(asking, async () => {
    const { archive, joins } = rooms;
    const parts: HeldPart[] = [];
    for (const url of joins ? (archive.visitOf(lead.url)?.parts ?? []) : []) {
      const read = await asking.read(url, false);
      const before = archive.visitOf(url);
      if (!read) continue;
      if ('notModified' in read) {
        parts.push({ lead: asking.leases.get(url)!, outcome: pageOf(lead), visit: read.notModified });
      } else if ('outcome' in read) {
        if (read.outcome.name === 'gone' && before) return readAgain(lead, asking, rooms);
        const lease = asking.leases.get(url);
        if (lease) parts.push({ lead: lease, outcome: read.outcome });
      } else if (before?.payloadDigest === read.visit.payloadDigest) {
        parts.push({ lead: read.lead, outcome: pageOf(lead), visit: read.visit });
      } else return readAgain(lead, asking, rooms);
    }
    const end: Outcome = { name: 'unchanged', reason: 'not-modified' };
    return { end, nextVisitMs: whenUnchanged(lead, rooms), visit: notModified, parts };
  });
}

/** All pages as they are now: those that have not changed were not sent. */
async function readAgain(lead: LeasedLead, asking: Asking, rooms: VisitRooms): Promise<Visit> {
  const read = await readLead(lead, rooms, true);
  if ('page' in read) return joined(read.page, asking, rooms);
  if ('notModified' in read) throw new Error(`304 for ${lead.url} without a condition`);
  return 'end' in read
    ? { ...read, parts: [...asking.leases.values()].map((lease) => ({ lead: lease, outcome: pageOf(lead) })) }
    : { ...read, leases: [...asking.leases.values()] };
}

async function untilInterrupted(asking: Asking, work: () => Promise<Visit>): Promise<Visit> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    return { again: error.outcome, isTry: false, leases: [...asking.leases.values()] };
  }
}

async function joined(page: HeldPage, asking: Asking, rooms: VisitRooms): Promise<Visit> {
  const { archive, joins, settings } = rooms;
  const { lead, pages } = page;
  const isSplit = joins && pages !== undefined && pages.first === undefined;
  const turned: Turned<HeldPage> = isSplit
    ? await turnPages<HeldPage>(page, settings.maxArticlePages, async (url) => {
        const read = await asking.read(url, true);
        return read && 'notModified' in read ? undefined : read;
      })
    : { further: [], missing: [], repeated: [], others: [], skipped: [] };
  for (const url of turned.skipped) await asking.skip(url);
  const others = turned.others.map((other) => ({ ...other, pages: undefined }));
  const isOther = new Set(others.map((other) => other.lead.id));
  const parts: HeldPart[] = [];
  for (const [url, lease] of asking.leases) {
    if (isOther.has(lease.id)) continue;
    const answer = asking.answers.get(url);
    const part = turned.further.find((each) => each.page === answer);
    const repeated = answer && turned.repeated.includes(answer as HeldPage);
    if (part) parts.push({ lead: lease, outcome: pageOf(lead), visit: part.page.visit });
    else if (repeated)
      parts.push({ lead: lease, outcome: { name: 'duplicate', reason: 'same-content', detail: lead.url } });
    else if (answer && 'outcome' in answer) parts.push({ lead: lease, outcome: answer.outcome });
    // Not named any more, or not as far as was read.
    else parts.push({ lead: lease, outcome: pageOf(lead) });
  }
  // A page that cannot be had today is no edit: the text that the archive has of it stays the newest.
  const had = lead.visits > 0 ? (archive.visitOf(lead.url)?.parts ?? []) : [];
  const lost = had.find((url) => {
    const failure = turned.missing.find((each) => each.url === url)?.outcome;
    const isLost = failure ? failure.name === 'failed' : asking.taken.has(url);
    return isLost && archive.visitOf(url)?.payloadDigest !== undefined;
  });
  if (lost !== undefined && others.length === 0) {
    const failure = turned.missing.find((each) => each.url === lost)?.outcome ?? CROSSED;
    return {
      end: { ...failure, detail: `its page ${lost}` },
      parts: parts.map(({ lead, outcome }) => ({ lead, outcome })),
    };
  }
  if (turned.further.length === 0 && turned.missing.length === 0)
    return { page: { ...page, parts }, ...(others.length > 0 && { others }) };
  const named = [...turned.further.map((each) => each.page.lead.url), ...turned.missing.map(({ url }) => url)];
  return {
    page: {
      ...page,
      draft: joinPages(
        page.draft,
        turned.further.map((each) => ({ draft: each.page.draft, isWhole: each.isWhole })),
      ),
      capture: captureOf(page.capture, turned),
      visit: { ...page.visit, parts: named },
      parts,
    },
    ...(others.length > 0 && { others }),
  };
}

function pageOf({ url }: LeasedLead): Outcome {
  return { name: 'duplicate', reason: 'page-of-article', detail: url };
}
