/**
 * JSON-LD as sites write it. In: the texts of a page's `ld+json` scripts. Out: all things they describe, with where
 * each stands. Legal forms (arrays, @graph, nested mainEntity, references by @id) and the common illegal ones
 * (comments and CDATA around it, raw line breaks, trailing commas, unescaped quotes, escaped entities, cut ends) read
 * alike. Never: throws, follows references in circles.
 */
import { decodeText } from '../page/entities.js';
import { plain } from '../page/visible.js';
import { readLoosely } from './loose-json.js';

export type JsonValue = string | number | boolean | null | JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: JsonValue | undefined;
}

export interface LinkedThing {
  readonly object: JsonObject;
  /** Types without the schema.org prefix. */
  readonly types: readonly string[];
  /** Keys from the top of its block, as `@graph.mainEntity`. */
  readonly path: string;
  readonly depth: number;
}

export interface LinkedData {
  readonly things: readonly LinkedThing[];
  readonly byId: ReadonlyMap<string, JsonObject>;
}

export const isObject = (value: JsonValue | undefined): value is JsonObject =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

const MAX_DEPTH = 24;
const MAX_THINGS = 4000;

export function readJsonLd(blocks: readonly string[]): LinkedData {
  const things: LinkedThing[] = [];
  const byId = new Map<string, JsonObject>();
  for (const block of blocks) {
    const value = parseBlock(block);
    if (value !== undefined) collect(value, '', 0, things, byId);
  }
  return { things, byId };
}

/** Without the comment or CDATA section around it. */
function unwrapped(block: string): string {
  const text = block.trim();
  // Most blocks have none; to look for its end takes as long as to read the JSON.
  if (/^[[{]/.test(text) && /[\]}]$/.test(text.slice(-1))) return text;
  return text
    .replace(/^(?:\/\/|\/\*)?\s*(?:<!--|<!\[CDATA\[)\s*(?:\/\/|\*\/)?/, '')
    .replace(/(?:\/\/|\/\*)?\s*(?:-->|\]\]>)\s*(?:\*\/)?$/, '')
    .trim();
}

function parseBlock(block: string): JsonValue | undefined {
  const text = unwrapped(block);
  if (text === '') return undefined;
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    // Whole blocks with their quotes as entities are common in content systems that escape everything.
    const source = /^[[{]\s*&(?:quot|#34|#x22);/i.test(text) ? decodeText(text) : text;
    return readLoosely(source);
  }
}

function collect(
  value: JsonValue,
  path: string,
  depth: number,
  things: LinkedThing[],
  byId: Map<string, JsonObject>,
): void {
  if (depth > MAX_DEPTH || things.length >= MAX_THINGS || value === null || typeof value !== 'object') return;
  if (Array.isArray(value)) {
    for (const item of value) collect(item, path, depth, things, byId);
    return;
  }
  const types = typesOf(value);
  if (types.length > 0) things.push({ object: value, types, path, depth });
  const id = value['@id'];
  // The fullest description of an @id is the one that references mean.
  if (typeof id === 'string' && Object.keys(value).length > Object.keys(byId.get(id) ?? { '@id': id }).length) {
    byId.set(id, value);
  }
  for (const key in value) {
    const child = value[key];
    if (child !== null && typeof child === 'object') {
      collect(child, path === '' ? key : `${path}.${key}`, depth + 1, things, byId);
    }
  }
}

function typesOf(object: JsonObject): string[] {
  const type = object['@type'] ?? object.type;
  const list = Array.isArray(type) ? type : [type];
  return list
    .filter((item): item is string => typeof item === 'string')
    .map((item) => item.slice(Math.max(item.lastIndexOf('/'), item.lastIndexOf('#'), item.lastIndexOf(':')) + 1));
}

/** A property's values as a flat list, references resolved. */
export function valuesOf(data: LinkedData, object: JsonObject | undefined, key: string): JsonValue[] {
  const value = object?.[key];
  if (value === undefined || value === null) return [];
  const list = Array.isArray(value) ? value.flat(3) : [value];
  return list.slice(0, 200).map((item) => {
    if (item === null || typeof item !== 'object' || Array.isArray(item)) return item;
    const id = item['@id'];
    return typeof id === 'string' && Object.keys(item).length <= 2 ? (data.byId.get(id) ?? item) : item;
  });
}

/** A property as readable text: a string, a language-tagged or list value's first text, or a thing's name. */
export function textValue(value: JsonValue | undefined): string | undefined {
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return plain(value) || undefined;
  if (Array.isArray(value)) return value.length > 0 ? textValue(value[0]) : undefined;
  if (value === null || typeof value !== 'object') return undefined;
  return textValue(value['@value'] ?? value.name ?? undefined);
}

/** A property as a URL: a string, or a thing's url or @id. */
export function urlValue(value: JsonValue | undefined): string | undefined {
  // Content systems escape addresses for HTML here too: "?post_type=profile&#038;p=12".
  if (typeof value === 'string') return value.trim().replace(/&(?:amp|#0*38|#x26);/gi, '&') || undefined;
  if (Array.isArray(value)) return value.length > 0 ? urlValue(value[0]) : undefined;
  if (value === null || value === undefined || typeof value !== 'object') return undefined;
  return urlValue(value.url ?? value.contentUrl ?? value['@id']);
}
