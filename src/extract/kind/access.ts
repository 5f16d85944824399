/**
 * Whether the article is free to read, and what the page tells robots. In: the witnesses. Out: values only where the
 * page says so: to machines, or to its readers with a wall behind a short text.
 */

import { KEPT } from '../body/bar.js';
import { IN } from '../body/blocks.js';
import type { BodyResult } from '../body/body.js';
import type { Verdict } from '../candidate.js';
import { type JsonValue, valuesOf } from '../data/json-ld.js';
import { first, type Witnesses } from '../witnesses.js';
import { isWall, MAX_WALL_LINE } from './wall-words.js';

/** `<meta>` names that tell what readers without a subscription get. */
const META_ACCESS: readonly (readonly [name: string, free: RegExp, paid: RegExp])[] = [
  ['article:content_tier', /^free$/i, /^(?:locked|metered)$/i],
  ['isaccessibleforfree', /^true$/i, /^false$/i],
  ['article:opinion_tier', /^free$/i, /^locked$/i],
];

/** `shown`: the body that the markup shows. */
export function readAccess(witnesses: Witnesses, shown: BodyResult): Verdict<boolean> | undefined {
  const { linked, article, meta } = witnesses;
  for (const object of [article, ...linked.things.map((thing) => thing.object)]) {
    for (const value of valuesOf(linked, object, 'isAccessibleForFree')) {
      const free = booleanOf(value);
      if (free === undefined) continue;
      const confidence = object === article ? 0.95 : 0.7;
      const candidate = { value: free, from: 'json-ld', where: 'isAccessibleForFree', weight: confidence } as const;
      return { value: free, from: 'json-ld', confidence, candidates: () => [candidate] };
    }
  }
  for (const [name, free, paid] of META_ACCESS) {
    const text = first(meta, name);
    if (text === undefined || !(free.test(text) || paid.test(text))) continue;
    const value = free.test(text);
    const from = name.includes(':') ? 'opengraph' : 'meta';
    return { value, from, confidence: 0.85, candidates: () => [{ value, from, where: name, weight: 0.85 }] };
  }
  const wall = wallBehind(shown);
  if (wall === undefined) return undefined;
  return {
    value: false,
    from: 'text',
    confidence: 0.7,
    candidates: () => [{ value: false, from: 'text', where: wall, weight: 0.7 }],
  };
}

function booleanOf(value: JsonValue): boolean | undefined {
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string') return undefined;
  if (/^(?:https?:\/\/schema\.org\/)?(?:true|yes|1)$/i.test(value.trim())) return true;
  return /^(?:https?:\/\/schema\.org\/)?(?:false|no|0)$/i.test(value.trim()) ? false : undefined;
}

/** Directives of `<meta name=robots>` and of its form for this crawler, lower case. */
export function readRobots({ meta }: Witnesses): string[] {
  const directives = new Set<string>();
  for (const name of ['robots', 'tearsheet']) {
    for (const content of meta.get(name) ?? []) {
      for (const directive of content.toLowerCase().split(',')) {
        if (directive.trim() !== '') directives.add(directive.trim());
      }
    }
  }
  return [...directives];
}

/** The TDM reservation protocol's `<meta name="tdm-reservation">`. */
export function readTdm({ meta }: Witnesses): { reserved: boolean; policy?: string } | undefined {
  const value = first(meta, 'tdm-reservation');
  if (value !== '0' && value !== '1') return undefined;
  const policy = first(meta, 'tdm-policy');
  return { reserved: value === '1', ...(policy !== undefined && { policy }) };
}

/** Lines behind the body's last one in which a wall stands. */
const WALL_LINES = 6;
/** Shorter lines are labels of other articles: "Subscriber only". */
const MIN_RESERVED = 20;
/** Longer bodies are whole: their wall is for the next article. */
const MAX_CUT_BODY = 4000;

/** The line that keeps readers from the rest, where the page shows one behind its text. */
function wallBehind({ runs, scores, articleBody = '' }: BodyResult): string | undefined {
  if (articleBody.length > MAX_CUT_BODY) return undefined;
  const last = runs.findLast((run) => scores[run.index]! >= KEPT);
  if (!last) return undefined;
  const lines = runs
    .slice(last.index + 1, last.index + 1 + WALL_LINES)
    .filter(({ text, block }) => text.length <= MAX_WALL_LINE && (block.bits & (IN.hidden | IN.template)) === 0)
    .map(({ text }) => text.replaceAll('\n', ' '));
  const lower = lines.map((line) => line.toLowerCase());
  return lines.find((_, i) => isWall(lower[i]!, lower[i + 1] ?? '', MIN_RESERVED));
}
