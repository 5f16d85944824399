/**
 * What one page tells about its site. In: the witnesses, the body, the dates, the site's names. Out: evidence from
 * which a site profile is learned. Never: anything that depends on other pages or on their order.
 */
import { hash } from 'node:crypto';
import type { SiteEvidence } from '../page.js';
import type { BodyResult } from './body.js';
import type { DateVerdicts } from './date/dates.js';
import { textValue } from './json-ld.js';
import { tokensOf } from './tokens.js';
import type { Element, Parent } from './tree.js';
import type { Witnesses } from './witnesses.js';
import { fold } from './words.js';

/** Words of the body that JSON-LD has too, above which it proves where the body stands. */
const PROOF = 0.9;

export function evidenceOf(
  witnesses: Witnesses,
  body: BodyResult,
  dates: DateVerdicts,
  siteNames: readonly string[],
  isArticle: boolean,
  headline: Element | undefined,
): SiteEvidence {
  const proven = isArticle && body.container && provesBody(textValue(witnesses.article?.articleBody), body.articleBody);
  return {
    url: witnesses.input.url,
    isArticle,
    blocks: body.blocks.map(({ text, path }) => ({ fingerprint: fingerprint(text), path })),
    ...(proven && body.container && { bodyPath: elementPath(body.container) }),
    offsets: dates.offsets,
    siteNames,
    fieldPaths: headline ? { headline: elementPath(headline) } : {},
  };
}

function provesBody(linked: string | undefined, found: string | undefined): boolean {
  if (linked === undefined || found === undefined || linked.length < 200) return false;
  const truth = new Set(fold(linked).split(' '));
  const words = fold(found).split(' ');
  return words.filter((word) => truth.has(word)).length >= words.length * PROOF && found.length >= linked.length * 0.5;
}

function fingerprint(text: string): string {
  return hash('sha256', fold(text), 'base64url').slice(0, 16);
}

/** The same form as a block's path. */
function elementPath(element: Element): string {
  const parts: string[] = [];
  for (
    let node: Parent = element;
    node.type === 'tag' && node.tag.name !== 'body' && node.tag.name !== 'html';
    node = node.parent
  ) {
    parts.push([node.tag.name, ...tokensOf(node).slice(0, 4)].join('.'));
  }
  return parts.reverse().join('>');
}
