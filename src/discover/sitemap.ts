/**
 * Sitemaps → leads. In: the text of an urlset, a sitemap index or a list of URLs, well-formed or not. Out: one lead an
 * entry, with what the news extension says of the article. Never: more than MAX_ENTRIES, throws; time is linear.
 */

import { spellingsOf } from '../url.js';
import { isoDateOf } from './dates.js';
import type { DiscoveryDocument } from './document.js';
import { type Found, tidy } from './found.js';
import { attributesOf, plainText, plainUrl, scanXml } from './xml.js';

/** sitemaps.org allows 50,000; entries after these are left out and named in `problems`. */
export const MAX_ENTRIES = 500_000;

/** Elements whose text is wanted, by their name under `url` or `sitemap` or inside the news extension. */
const FIELDS = new Set(['loc', 'lastmod', 'title', 'publication_date', 'language']);
/** Extensions with names of their own that would be mistaken for those of the entry. */
const EXTENSIONS = new Set(['news', 'image', 'video', 'pagemap', 'mobile']);

interface Entry {
  loc?: string;
  lastmod?: string;
  title?: string;
  publication_date?: string;
  language?: string;
  alternates?: { href: string; hreflang: string }[];
}

export function readSitemap(xml: string, url: string, from: number): DiscoveryDocument {
  const leads: Found[] = [];
  const problems: string[] = [];
  let isIndex = false;
  let entries = 0;
  let unreadable = 0;
  let entry: Entry | undefined;
  let extension: string | undefined;
  let field: keyof Entry | undefined;
  let text = '';
  let closed = false;

  const finish = (): void => {
    if (!entry) return;
    const { loc } = entry;
    const found = loc === undefined || loc.length > 20_000 ? undefined : spellingsOf(plainUrl(loc).trim(), url);
    if (!found) unreadable++;
    else leads.push(...leadsOfEntry(found, entry, isIndex, url));
    entry = undefined;
    field = undefined;
    extension = undefined;
  };

  scanXml(
    xml,
    {
      get done() {
        return entries > MAX_ENTRIES;
      },
      open(name, prefix, attributes, _end, isEmpty) {
        if (name === 'sitemapindex') isIndex = true;
        else if ((name === 'url' || name === 'sitemap') && extension === undefined) {
          // An entry that was not closed ends where the next begins.
          finish();
          if (++entries > MAX_ENTRIES) return;
          entry = {};
          if (name === 'sitemap') isIndex = true;
        } else if (entry) {
          if (EXTENSIONS.has(name) && !isEmpty) extension = name;
          else if (name === 'link' && extension === undefined) {
            const values = attributesOf(attributes);
            const href = values.get('href');
            const hreflang = values.get('hreflang');
            if (href === undefined || hreflang === undefined) return;
            entry.alternates ??= [];
            if (entry.alternates.length < 100) entry.alternates.push({ href, hreflang });
          } else if (FIELDS.has(name) && !isEmpty && belongs(name, prefix, extension)) {
            field = name as keyof Entry;
            text = '';
          }
        }
      },
      text(part, isCdata) {
        if (field !== undefined && text.length < 50_000) text += isCdata || field === 'loc' ? part : plainText(part);
      },
      close(name) {
        if (name === 'url' || name === 'sitemap') finish();
        else if (name === extension) extension = undefined;
        else if (name === field && entry) {
          if (field !== 'alternates') entry[field] ??= text.trim();
          field = undefined;
        } else if (name === 'urlset' || name === 'sitemapindex') closed = true;
      },
    },
    from,
  );
  finish();
  if (entries > MAX_ENTRIES) problems.push(`more than ${MAX_ENTRIES} entries: the rest is left out`);
  else if (!closed) problems.push('the document ends before its last element');
  if (unreadable > 0) problems.push(`${unreadable} entries without a usable <loc>`);
  return { kind: isIndex ? 'sitemap-index' : 'sitemap', url, leads: withoutTimeOfMaking(leads), problems };
}

/** From so many entries on, one and the same instant at all of them is the time at which the sitemap was made. */
const MIN_ALIKE = 10;

function withoutTimeOfMaking(leads: Found[]): Found[] {
  const instant = leads[0]?.lastModified;
  if (leads.length < MIN_ALIKE || !instant?.includes('T')) return leads;
  if (!leads.every(({ lastModified }) => lastModified === instant)) return leads;
  return leads.map(({ lastModified: _, ...lead }) => lead);
}

/** `loc` of an image is not the page's; the news extension's fields count with or without their prefix. */
function belongs(name: string, prefix: string, extension: string | undefined): boolean {
  if (name === 'loc' || name === 'lastmod') return extension === undefined && prefix !== 'image' && prefix !== 'video';
  return extension === 'news' || (extension === undefined && prefix === 'news');
}

function leadsOfEntry(found: Pick<Found, 'url' | 'asGiven'>, entry: Entry, isIndex: boolean, base: string): Found[] {
  const lastModified = isoDateOf(entry.lastmod);
  if (isIndex) return [{ ...found, kind: 'sitemap', source: 'sitemap', ...(lastModified && { lastModified }) }];
  const title = tidy(entry.title);
  const datePublished = isoDateOf(entry.publication_date);
  const inLanguage = languageOf(entry.language);
  // Field by field: a sitemap has 50,000 of these, and spreading made up a third of its time.
  const lead: { -readonly [K in keyof Found]: Found[K] } = { url: found.url, kind: 'page', source: 'sitemap' };
  if (found.asGiven !== undefined) lead.asGiven = found.asGiven;
  if (title) lead.title = title;
  if (datePublished) lead.datePublished = datePublished;
  if (lastModified) lead.lastModified = lastModified;
  if (inLanguage) lead.inLanguage = inLanguage;
  if (!entry.alternates) return [lead];
  const alternates: Found[] = [];
  let own = inLanguage;
  for (const { href, hreflang } of entry.alternates) {
    const other = spellingsOf(href, base);
    if (!other) continue;
    const language = languageOf(hreflang);
    if (other.url === found.url) own ??= language;
    else
      alternates.push({
        kind: 'page',
        source: 'hreflang',
        ...other,
        ...(lastModified && { lastModified }),
        ...(language && { inLanguage: language }),
      });
  }
  return [own ? { ...lead, inLanguage: own } : lead, ...alternates];
}

/** Tags as given → in their usual case: every entry has one, and finding its usual case is slow. */
const languages = new Map<string, string | undefined>();
const MAX_LANGUAGES = 500;

/** A language tag in its usual case; `x-default` and prose are none. */
export function languageOf(text: string | undefined): string | undefined {
  const tag = text?.trim().replace(/_/g, '-');
  if (!tag || !/^[a-z]{2,3}(?:-[a-z0-9]{2,8}){0,3}$/i.test(tag)) return undefined;
  if (languages.has(tag)) return languages.get(tag);
  let usual: string | undefined;
  try {
    usual = Intl.getCanonicalLocales(tag)[0];
  } catch {
    // No such tag, however alike it looks.
  }
  if (languages.size < MAX_LANGUAGES) languages.set(tag, usual);
  return usual;
}

/** A sitemap that is a list of URLs, one a line; undefined where some line is something else. */
export function readTextSitemap(text: string, url: string): DiscoveryDocument | undefined {
  const leads: Found[] = [];
  const problems: string[] = [];
  let start = 0;
  while (start < text.length) {
    let end = text.indexOf('\n', start);
    if (end < 0) end = text.length;
    const line = text.slice(start, Math.min(end, start + 20_000)).trim();
    start = end + 1;
    if (line === '') continue;
    if (!/^https?:\/\/\S+$/i.test(line)) return undefined;
    const found = spellingsOf(line, url);
    if (found) leads.push({ kind: 'page', source: 'sitemap', ...found });
    if (leads.length >= MAX_ENTRIES) {
      problems.push(`more than ${MAX_ENTRIES} entries: the rest is left out`);
      break;
    }
  }
  return leads.length === 0 ? undefined : { kind: 'sitemap', url, leads, problems };
}
