/**
 * An article of a page's state as linked data would tell of it. In: the thing whose text is the article, and the table
 * that its references lead to. Out: headline, authors, dates, picture, description, section and keywords under the names
 * that schema.org gives them. Never: what stands in lists beside the article.
 */
import { isObject, type JsonObject, type JsonValue } from './json-ld.js';
import { referenceOf } from './script-article.js';

/** Keys of content systems for each property, as letters alone; the first that says something counts. */
const KEYS: Readonly<Record<string, readonly string[]>> = keysOf({
  headline: 'headline headlines title titles heading',
  author:
    'author authors byline bylines writer writers reporter reporters journalist journalists contributors creator authorname credits',
  datePublished:
    'datepublished firstpublisheddate firstpublishdate firstpublishedat firstpublished publishedat publishedon publisheddate publishdate publishedtime publishtime publicationdate publishtimestamp pubdate published displaydate dategmt date createdat created',
  dateModified:
    'datemodified modifiedat modifieddate modified lastmodified lastmodifieddate updatedat updateddate updated lastupdated lastupdateddate lastupdatedat',
  image:
    'image images mainimage leadimage heroimage featuredimage featuredmedia cover coverimage hero leadart promoitems teaserimage thumbnail picture photo',
  description: 'description summary excerpt standfirst dek subheadline subheadlines subtitle teaser lead intro',
  articleSection: 'articlesection section primarysection category primarycategory channel',
  keywords: 'keywords tags',
});
/** Keys under which things of content systems hold what they are about, and those that say what they are called. */
const INSIDE = ['basic', 'node', 'nodes', 'edges', 'items', 'data', 'attributes', 'fields', 'by', 'author', 'rendered'];
const NAMES = ['name', 'fullName', 'full_name', 'displayName', 'display_name', 'title', 'label', 'text', 'value'];
const ADDRESSES = ['url', 'src', 'sourceUrl', 'source_url', 'href', 'path', 'file', 'asset', 'original', 'image'];
const LINKS = ['url', 'link', 'href', 'path'];
const CAPTIONS = ['caption', 'description'];
const CREDITS = ['credit', 'creditText', 'credits', 'copyright', 'photographer', 'source'];
const MAX_DEPTH = 8;
const MAX_LIST = 30;
/** Longer texts are no name. */
const MAX_NAME = 200;
/** Of seconds since 1970 as against milliseconds. */
const MIN_MILLISECONDS = 100_000_000_000;

export function linkedFrom(thing: JsonObject, root: JsonObject): JsonObject {
  const reader = new Reader(root);
  const found: Record<string, JsonValue> = {};
  for (const property in KEYS) {
    const value = reader.property(thing, property);
    if (value !== undefined) found[property] = value;
  }
  return found;
}

function keysOf(lists: Readonly<Record<string, string>>): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(Object.entries(lists).map(([property, keys]) => [property, keys.split(' ')]));
}

const lettersOf = (key: string): string => key.replace(/[^a-z]/gi, '').toLowerCase();

class Reader {
  constructor(readonly root: JsonObject) {}

  /** From the thing, or from what it holds right below: `meta`, `attributes`. */
  property(thing: JsonObject, property: string): JsonValue | undefined {
    const below = Object.values(thing).map((value) => this.#thing(value));
    for (const object of [thing, ...below.slice(0, MAX_LIST)]) {
      if (!object) continue;
      const keys = new Map(Object.keys(object).map((key) => [lettersOf(key), key]));
      for (const name of KEYS[property]!) {
        const key = keys.get(name);
        const value = key === undefined ? undefined : this.#read(property, object[key]);
        if (value !== undefined) return value;
      }
    }
    return undefined;
  }

  #read(property: string, value: JsonValue | undefined): JsonValue | undefined {
    switch (property) {
      case 'author': {
        const people = this.#people(value, 0);
        return people.length > 0 ? people : undefined;
      }
      case 'image':
        return this.#image(value, 0);
      case 'keywords': {
        const words = Array.isArray(value) ? value.slice(0, MAX_LIST).flatMap((word) => this.#text(word, 0) ?? []) : [];
        return words.length > 0 ? words : undefined;
      }
      case 'datePublished':
      case 'dateModified':
        return dateOf(typeof value === 'number' ? value : this.#text(value, 0));
      default:
        return this.#text(value, 0);
    }
  }

  #thing(value: JsonValue | undefined): JsonObject | undefined {
    return isObject(value) ? (referenceOf(value, this.root) ?? value) : undefined;
  }

  #first<T>(value: JsonValue | undefined, keys: readonly string[], read: (value: JsonValue) => T | undefined) {
    const thing = this.#thing(value);
    if (!thing) return undefined;
    for (const key of keys) {
      const found = thing[key] === undefined ? undefined : read(thing[key]!);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #text(value: JsonValue | undefined, depth: number): string | undefined {
    if (typeof value === 'string') return value.trim() === '' ? undefined : value;
    if (depth > MAX_DEPTH || value === null || typeof value !== 'object') return undefined;
    if (Array.isArray(value)) return this.#text(value[0], depth + 1);
    return this.#first(value, [...NAMES, ...INSIDE], (inner) => this.#text(inner, depth + 1));
  }

  #people(value: JsonValue | undefined, depth: number): JsonValue[] {
    if (depth > MAX_DEPTH) return [];
    if (typeof value === 'string') return value.trim() === '' || value.length > MAX_NAME ? [] : [value];
    if (Array.isArray(value)) return value.slice(0, MAX_LIST).flatMap((one) => this.#people(one, depth + 1));
    const thing = this.#thing(value);
    if (!thing) return [];
    const { firstName = thing.first_name, lastName = thing.last_name } = thing;
    const parts = [firstName, lastName].filter((part) => typeof part === 'string' && part !== '');
    const name =
      this.#first(thing, NAMES, (inner) => (typeof inner === 'string' && inner !== '' ? inner : undefined)) ??
      (parts.length > 0 ? parts.join(' ') : undefined);
    if (name === undefined) {
      const inside = this.#first(thing, INSIDE, (inner) => {
        const people = this.#people(inner, depth + 1);
        return people.length > 0 ? people : undefined;
      });
      return inside ?? [];
    }
    if (name.length > MAX_NAME) return [];
    const url = this.#first(thing, LINKS, (inner) => (typeof inner === 'string' ? inner : undefined));
    return [url === undefined ? name : { name, url }];
  }

  #image(value: JsonValue | undefined, depth: number): JsonValue | undefined {
    if (depth > MAX_DEPTH) return undefined;
    if (typeof value === 'string') return /^(?:https?:)?\/\/?\S+$/.test(value) ? { url: value } : undefined;
    if (Array.isArray(value)) return this.#image(value[0], depth + 1);
    const found = this.#first(value, [...ADDRESSES, ...INSIDE], (inner) => this.#image(inner, depth + 1));
    if (!isObject(found)) return undefined;
    const caption = found.caption ?? this.#first(value, CAPTIONS, (inner) => this.#text(inner, depth + 1));
    const creditText = found.creditText ?? this.#first(value, CREDITS, (inner) => this.#text(inner, depth + 1));
    return { ...found, ...(caption !== undefined && { caption }), ...(creditText !== undefined && { creditText }) };
  }
}

/** An instant as schema.org writes it; other dates as they are. */
function dateOf(value: string | number | undefined): string | undefined {
  if (typeof value !== 'number') return value;
  const instant = new Date(value < MIN_MILLISECONDS ? value * 1000 : value);
  return Number.isNaN(instant.getTime()) ? undefined : instant.toISOString();
}
