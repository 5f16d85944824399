/**
 * A record as its line of JSONL. In: an article. Out: one line with its keys in the order of the schema in article.ts,
 * at every depth, so that equal records are equal bytes. Never checks what it writes: verify does.
 */
import type { z } from 'zod';
import type { Article } from '../article.js';
import { articleSchema } from '../article-schema.js';
import { jsonLine } from '../json-line.js';

/** How a value's keys are ordered, drawn from its schema. */
type Order =
  | { readonly of: 'object'; readonly keys: ReadonlyMap<string, Order> }
  | { readonly of: 'list'; readonly each: Order }
  /** Free keys: by code unit. */
  | { readonly of: 'map'; readonly each: Order }
  | { readonly of: 'value' };

const VALUE: Order = { of: 'value' };
const ARTICLE = orderOf(articleSchema);

/** The line, its `\n` included. */
export function recordLine(article: Article): string {
  return `${jsonLine(ordered(article, ARTICLE))}\n`;
}

function orderOf(schema: z.core.$ZodType): Order {
  const definition = (schema as z.core.$ZodTypes)._zod.def;
  switch (definition.type) {
    case 'object':
      return {
        of: 'object',
        keys: new Map(Object.entries(definition.shape).map(([key, value]) => [key, orderOf(value)])),
      };
    case 'array':
      return { of: 'list', each: orderOf(definition.element) };
    case 'record':
      return { of: 'map', each: orderOf(definition.valueType) };
    case 'optional':
    case 'nullable':
      return orderOf(definition.innerType);
    default:
      return VALUE;
  }
}

function ordered(value: unknown, order: Order): unknown {
  if (order.of === 'value' || typeof value !== 'object' || value === null) return value;
  if (order.of === 'list') return Array.isArray(value) ? value.map((item) => ordered(item, order.each)) : value;
  const given = value as Record<string, unknown>;
  const result: Record<string, unknown> = Object.create(null);
  if (order.of === 'map') {
    for (const key of Object.keys(given).sort()) result[key] = ordered(given[key], order.each);
    return result;
  }
  for (const [key, inner] of order.keys) if (given[key] !== undefined) result[key] = ordered(given[key], inner);
  // A key that the schema does not know is still not lost.
  for (const key of Object.keys(given).sort()) if (!order.keys.has(key)) result[key] = given[key];
  return result;
}
