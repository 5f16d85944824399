/**
 * Feeds → leads. In: the text of RSS 0.9–2.0, RDF, Atom or JSON Feed; the XML ones well-formed or not. Out: one lead an
 * entry with its title, dates, language and full text, and the feed's next page (RFC 5005). Never: throws, more than
 * MAX_ENTRIES; time is linear.
 *
 * One reader for sound and broken feeds: what it reads of sound ones is held against feedsmith in the tests.
 */

import { spellingsOf } from '../url.js';
import { isoDateOf } from './dates.js';
import type { DiscoveryDocument, FoundEntry } from './document.js';
import { tidy } from './found.js';
import { languageOf } from './sitemap.js';
import { attributesOf, plainText, plainUrl, scanXml } from './xml.js';

/** Entries after these are left out. Feeds have 10 to 100; a few publish their whole archive. */
export const MAX_ENTRIES = 100_000;
/** Characters of one entry's full text, and of all together: a witness, no archive. */
const MAX_CONTENT = 2_000_000;

/** Element → what it says, the better source first. Prefixed names count with their usual prefix. */
const MEANING: Readonly<Record<string, readonly [field: Field, rank: number]>> = {
  'feedburner:origlink': ['link', 0],
  link: ['link', 1],
  guid: ['guid', 0],
  id: ['guid', 0],
  title: ['title', 0],
  'dc:title': ['title', 1],
  pubdate: ['published', 0],
  published: ['published', 0],
  issued: ['published', 1],
  'dcterms:issued': ['published', 1],
  created: ['published', 2],
  'dcterms:created': ['published', 2],
  'dc:date': ['published', 3],
  date: ['published', 3],
  updated: ['modified', 0],
  modified: ['modified', 1],
  'dcterms:modified': ['modified', 1],
  language: ['language', 0],
  'dc:language': ['language', 0],
  'content:encoded': ['content', 0],
  content: ['content', 1],
  body: ['content', 2],
  'xhtml:body': ['content', 2],
};
type Field = 'link' | 'guid' | 'title' | 'published' | 'modified' | 'language' | 'content';
/** Prefixes that stand for the feed's own vocabulary. */
const OWN_PREFIXES = new Set(['', 'atom', 'atom10', 'a10', 'rss', 'a']);
/** Elements with a title, link or date of something else. */
const NESTED = new Set(['source', 'image', 'author', 'contributor', 'textinput', 'enclosure']);

interface Values {
  readonly text: Map<Field, { value: string; rank: number }>;
  guidIsLink: boolean;
  language?: string | undefined;
  base: string;
}

export function readXmlFeed(xml: string, url: string, from: number): DiscoveryDocument | undefined {
  const leads: FoundEntry[] = [];
  const problems: string[] = [];
  const feed: Values = valuesAt(url);
  let entry: Values | undefined;
  let next: string | undefined;
  let nested: string | undefined;
  let entries = 0;
  let unreadable = 0;
  let isFeed = false;
  let closed = false;
  let contentLeft = MAX_CONTENT * 10;
  /** The element whose text is being read, and how. */
  let reading:
    | { element: string; field: Field; rank: number; depth: number; from: number; isXhtml: boolean }
    | undefined;
  let text = '';

  const finish = (): void => {
    if (entry) {
      const lead = leadOf(entry, feed);
      if (lead) leads.push(lead);
      else unreadable++;
    }
    entry = undefined;
    nested = undefined;
    reading = undefined;
  };
  const keep = (field: Field, value: string, rank: number): void => {
    const { text } = entry ?? feed;
    const known = text.get(field);
    if (value !== '' && (!known || rank < known.rank)) text.set(field, { value, rank });
  };

  scanXml(
    xml,
    {
      get done() {
        return entries > MAX_ENTRIES;
      },
      open(name, prefix, raw, end, isEmpty) {
        if (reading) {
          // Markup inside a text: an unescaped title, XHTML. An entry inside a text means that its end was lost.
          if (name === reading.element) reading.depth += isEmpty ? 0 : 1;
          if (name !== 'item' && name !== 'entry') return;
          reading = undefined;
        }
        if (name === 'rss' || name === 'feed' || name === 'channel' || name === 'rdf') {
          if (name !== 'rdf') isFeed = true;
          const attributes = attributesOf(raw);
          feed.language ??= languageOf(attributes.get('xml:lang'));
          feed.base = resolved(attributes.get('xml:base'), feed.base);
          return;
        }
        if ((name === 'item' || name === 'entry') && OWN_PREFIXES.has(prefix)) {
          finish();
          isFeed = true;
          if (++entries > MAX_ENTRIES) return;
          const attributes = attributesOf(raw);
          entry = valuesAt(resolved(attributes.get('xml:base'), feed.base));
          entry.language = languageOf(attributes.get('xml:lang'));
          const about = attributes.get('rdf:about');
          if (about !== undefined) {
            keep('guid', about, 1);
            entry.guidIsLink = true;
          }
          return;
        }
        if (nested !== undefined) return;
        if (NESTED.has(name) && OWN_PREFIXES.has(prefix)) {
          if (!isEmpty) nested = name;
          return;
        }
        const meaning = MEANING[OWN_PREFIXES.has(prefix) ? name : `${prefix}:${name}`];
        if (!meaning) return;
        const [field, rank] = meaning;
        const attributes = raw === '' ? undefined : attributesOf(raw);
        if (name === 'link' && attributes?.has('href')) {
          const rel = attributes.get('rel')?.toLowerCase() ?? 'alternate';
          const href = attributes.get('href')!;
          const isPage = !/json|xml(?!.*html)|audio|video|image/.test(attributes.get('type') ?? '');
          if (rel === 'alternate' && isPage) keep('link', href, 1);
          else if ((rel === 'next' || rel === 'prev-archive') && !entry) next ??= href;
          return;
        }
        if (field === 'guid' && entry && name === 'guid')
          entry.guidIsLink = attributes?.get('ispermalink')?.trim().toLowerCase() !== 'false';
        if (isEmpty) return;
        // Without a source attribute the text is here; Atom's XHTML is taken as it stands.
        if (field === 'content' && (!entry || attributes?.has('src'))) return;
        reading = { element: name, field, rank, depth: 0, from: end, isXhtml: attributes?.get('type') === 'xhtml' };
        text = '';
      },
      text(part, isCdata) {
        if (!reading || text.length > MAX_CONTENT) return;
        text += isCdata
          ? part
          : reading.field === 'link' || reading.field === 'guid'
            ? plainUrl(part)
            : plainText(part);
      },
      close(name, _prefix, start) {
        if (name === 'item' || name === 'entry') {
          finish();
        } else if (reading) {
          if (name !== reading.element || reading.depth-- > 0) return;
          const { field, rank, isXhtml } = reading;
          const value =
            isXhtml && field === 'content'
              ? xml.slice(reading.from, Math.min(start, reading.from + MAX_CONTENT))
              : text;
          if (field === 'content') contentLeft -= value.length;
          if (field !== 'content') keep(field, value.trim().slice(0, 20_000), rank);
          else if (contentLeft > 0) keep(field, value.trim(), rank);
          reading = undefined;
        } else if (name === nested) nested = undefined;
        else if (name === 'rss' || name === 'feed' || name === 'rdf') closed = true;
      },
    },
    from,
  );
  finish();
  if (!isFeed) return undefined;
  if (entries > MAX_ENTRIES) problems.push(`more than ${MAX_ENTRIES} entries: the rest is left out`);
  else if (!closed) problems.push('the document ends before its last element');
  if (unreadable > 0) problems.push(`${unreadable} entries without a link`);
  const home = feed.text.get('link')?.value;
  return documentOf(url, leads, problems, {
    base: feed.base,
    next,
    home: home === undefined ? undefined : spellingsOf(home, feed.base)?.url,
    title: feed.text.get('title')?.value,
    language: languageOf(feed.text.get('language')?.value) ?? feed.language,
  });
}

function valuesAt(base: string): Values {
  return { text: new Map(), guidIsLink: false, base };
}

function leadOf(entry: Values, feed: Values): FoundEntry | undefined {
  const value = (field: Field): string | undefined => entry.text.get(field)?.value;
  const guid = value('guid');
  // A guid is the link where there is none, if it says so and is a URL. Atom ids are no links, but for want of any.
  const link = value('link') ?? (guid !== undefined && /^https?:\/\//i.test(guid) ? guid : undefined);
  const found = link === undefined ? undefined : spellingsOf(link, entry.base);
  if (!found) return undefined;
  const inLanguage =
    languageOf(value('language')) ?? entry.language ?? languageOf(feed.text.get('language')?.value) ?? feed.language;
  return entryOf(found, value('title'), value('published'), value('modified'), inLanguage, value('content'));
}

function entryOf(
  found: Pick<FoundEntry, 'url' | 'asGiven'>,
  titleText?: string,
  published?: string,
  modified?: string,
  inLanguage?: string,
  content?: string,
): FoundEntry {
  const title = titleOf(titleText);
  const datePublished = isoDateOf(published);
  const lastModified = isoDateOf(modified);
  return {
    kind: 'page',
    source: 'feed',
    ...found,
    ...(title && { title }),
    ...(datePublished && { datePublished }),
    ...(lastModified && { lastModified }),
    ...(inLanguage && { inLanguage }),
    ...(content && { content }),
  };
}

/** Titles are text, but many feeds escape HTML into them, once more than they should. */
function titleOf(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const bare = text.slice(0, 4000).replace(/<\/?[a-z][^<>]{0,500}>/gi, ' ');
  return tidy(plainText(bare));
}

function documentOf(
  url: string,
  leads: FoundEntry[],
  problems: string[],
  about: {
    base: string;
    next?: string | undefined;
    home?: string | undefined;
    title?: string | undefined;
    language?: string | undefined;
  },
): DiscoveryDocument {
  const further = about.next === undefined ? undefined : spellingsOf(about.next, about.base);
  if (further && further.url !== url) leads.push({ ...further, kind: 'feed', source: 'pagination' });
  const title = titleOf(about.title);
  return {
    kind: 'feed',
    url,
    leads,
    problems,
    ...(title && { title }),
    ...(about.home !== undefined && { home: about.home }),
    ...(about.language !== undefined && { inLanguage: about.language }),
  };
}

function resolved(href: string | undefined, base: string): string {
  if (href === undefined) return base;
  try {
    return new URL(href.trim(), base).href;
  } catch {
    return base;
  }
}

/** JSON Feed (jsonfeed.org), any version. */
export function readJsonFeed(json: string, url: string): DiscoveryDocument | undefined {
  let feed: unknown;
  try {
    feed = JSON.parse(json);
  } catch {
    return undefined;
  }
  if (!isObject(feed) || !Array.isArray(feed.items) || !/jsonfeed\.org\/version/.test(textIn(feed, 'version') ?? ''))
    return undefined;
  const leads: FoundEntry[] = [];
  const problems: string[] = [];
  let unreadable = 0;
  const language = languageOf(textIn(feed, 'language'));
  for (const item of feed.items.slice(0, MAX_ENTRIES) as unknown[]) {
    const id = isObject(item) ? textIn(item, 'id') : undefined;
    const link = isObject(item)
      ? (textIn(item, 'url') ?? (id && /^https?:\/\//i.test(id) ? id : undefined))
      : undefined;
    const found = link === undefined ? undefined : spellingsOf(link, url);
    if (!found || !isObject(item)) {
      unreadable++;
      continue;
    }
    leads.push(
      entryOf(
        found,
        textIn(item, 'title'),
        textIn(item, 'date_published'),
        textIn(item, 'date_modified'),
        languageOf(textIn(item, 'language')) ?? language,
        textIn(item, 'content_html')?.slice(0, MAX_CONTENT),
      ),
    );
  }
  if (feed.items.length > MAX_ENTRIES) problems.push(`more than ${MAX_ENTRIES} entries: the rest is left out`);
  if (unreadable > 0) problems.push(`${unreadable} entries without a link`);
  const home = textIn(feed, 'home_page_url');
  return documentOf(url, leads, problems, {
    base: url,
    next: textIn(feed, 'next_url'),
    home: home === undefined ? undefined : spellingsOf(home, url)?.url,
    title: textIn(feed, 'title'),
    language,
  });
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function textIn(object: Record<string, unknown>, key: string): string | undefined {
  const value = object[key];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
