/**
 * Parquet with real types, drawn from the record's own schema: lists, structs, maps, and timestamps in UTC. In: records.
 * Out: the file, row group by row group. A date keeps its written form beside it (`datePublishedText`), because the
 * offset that the site meant, or that it gave a bare day only, cannot be told from an instant.
 */
import type { SchemaElement } from 'hyparquet';
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import type { z } from 'zod';
import { articleSchema } from '../article-schema.js';
import { VERSION } from '../version.js';
import type { Bytes, ExportSource } from './formats.js';

/** A column's type with the way from a record's value to it. */
interface Column {
  readonly name: string;
  /** The record's key. */
  readonly field: string;
  readonly elements: readonly SchemaElement[];
  readonly of: (value: unknown) => unknown;
}

/** A row group ends at either. */
const GROUP_CHARACTERS = 16 << 20;
const GROUP_ROWS = 20_000;

/** Strings of the record that are moments. */
const MOMENTS = new Set(['datePublished', 'dateModified', 'fetchedAt']);
/** The same in every record, or only in the output of `extract`. */
const LEFT_OUT = new Set(['@context', 'isPartOf', 'source']);

const same = (value: unknown): unknown => value ?? null;
const OPTIONAL = 'OPTIONAL' as const;

export const PARQUET_COLUMNS: readonly Column[] = columnsOf(articleSchema);

export async function* exportParquet({ records, fields }: ExportSource): Bytes {
  const columns = fields
    ? fields.flatMap((field) => PARQUET_COLUMNS.filter((column) => column.field === field))
    : PARQUET_COLUMNS;
  const bytes = new ByteWriter();
  const writer = new ParquetWriter({
    writer: bytes,
    schema: [{ name: 'record', num_children: columns.length }, ...columns.flatMap(({ elements }) => elements)],
    createdBy: `tearsheet version ${VERSION}`,
  });
  /** What has been written so far; the writer's buffer is free again. */
  const taken = (): Uint8Array => {
    const chunk = bytes.getBytes().slice();
    bytes.index = 0;
    return chunk;
  };
  let data = columns.map((): unknown[] => []);
  let rows = 0;
  let characters = 0;
  const writeGroup = async (): Promise<Uint8Array> => {
    await writer.write({
      columnData: columns.map(({ name }, index) => ({ name, data: data[index]! })),
      rowGroupSize: rows,
    });
    data = columns.map(() => []);
    rows = 0;
    characters = 0;
    return taken();
  };
  for await (const { article, line } of records()) {
    columns.forEach(({ field, of }, index) => {
      data[index]!.push(of((article as unknown as Record<string, unknown>)[field]));
    });
    rows++;
    characters += line.length;
    if (rows >= GROUP_ROWS || characters >= GROUP_CHARACTERS) yield await writeGroup();
  }
  if (rows > 0) yield await writeGroup();
  await writer.finish();
  yield taken();
}

function columnsOf(schema: typeof articleSchema): Column[] {
  return Object.entries(schema.shape).flatMap(([field, value]): Column[] => {
    if (LEFT_OUT.has(field)) return [];
    const name = nameOf(field);
    const column = { name, field, ...typeOf(name, value as z.core.$ZodType) };
    return MOMENTS.has(field) ? [column, { name: `${name}Text`, field, ...text(`${name}Text`) }] : [column];
  });
}

interface Type {
  readonly elements: readonly SchemaElement[];
  readonly of: (value: unknown) => unknown;
}

function text(name: string): Type {
  return {
    elements: [
      { name, type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' }, repetition_type: OPTIONAL },
    ],
    of: same,
  };
}

function yesOrNo(name: string): Type {
  return { elements: [{ name, type: 'BOOLEAN', repetition_type: OPTIONAL }], of: same };
}

function typeOf(name: string, schema: z.core.$ZodType): Type {
  const definition = (schema as z.core.$ZodTypes)._zod.def;
  switch (definition.type) {
    case 'optional':
    case 'nullable':
      return typeOf(name, definition.innerType);
    case 'literal':
      return definition.values.some((value) => typeof value === 'boolean') ? yesOrNo(name) : text(name);
    case 'boolean':
      return yesOrNo(name);
    case 'number': {
      const isWhole = 'format' in definition && definition.format !== undefined;
      return isWhole
        ? {
            elements: [{ name, type: 'INT64', repetition_type: OPTIONAL }],
            of: (value) => (typeof value === 'number' ? BigInt(value) : null),
          }
        : { elements: [{ name, type: 'DOUBLE', repetition_type: OPTIONAL }], of: same };
    }
    case 'array': {
      const element = typeOf('element', definition.element);
      return {
        elements: [
          { name, repetition_type: OPTIONAL, num_children: 1, converted_type: 'LIST', logical_type: { type: 'LIST' } },
          { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
          ...element.elements,
        ],
        of: (value) => (Array.isArray(value) ? value.map(element.of) : null),
      };
    }
    case 'object': {
      const parts = Object.entries(definition.shape).flatMap(([key, value]) => {
        const part = nameOf(key);
        const type = { key, part, ...typeOf(part, value as z.core.$ZodType) };
        return MOMENTS.has(key) && key !== 'fetchedAt'
          ? [type, { key, part: `${part}Text`, ...text(`${part}Text`) }]
          : [type];
      });
      return {
        elements: [
          { name, repetition_type: OPTIONAL, num_children: parts.length },
          ...parts.flatMap(({ elements }) => elements),
        ],
        of: (value) =>
          isObject(value) ? Object.fromEntries(parts.map(({ key, part, of }) => [part, of(value[key])])) : null,
      };
    }
    case 'record': {
      const value = typeOf('value', definition.valueType as z.core.$ZodType);
      return {
        elements: [
          { name, repetition_type: OPTIONAL, num_children: 1, converted_type: 'MAP', logical_type: { type: 'MAP' } },
          { name: 'key_value', repetition_type: 'REPEATED', num_children: 2 },
          { name: 'key', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'REQUIRED' },
          ...value.elements,
        ],
        of: (given) =>
          isObject(given) ? Object.entries(given).map(([key, each]) => ({ key, value: value.of(each) })) : null,
      };
    }
    default:
      return MOMENTS.has(name) ? moment(name) : text(name);
  }
}

function moment(name: string): Type {
  return {
    elements: [
      {
        name,
        type: 'INT64',
        converted_type: 'TIMESTAMP_MILLIS',
        logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MILLIS' },
        repetition_type: OPTIONAL,
      },
    ],
    of: instantOf,
  };
}

/** A day stands for its beginning, and a time without an offset is taken as UTC: the text beside it says what was given. */
function instantOf(value: unknown): Date | null {
  if (typeof value !== 'string') return null;
  const ms = Date.parse(/T.*(?:Z|[+-]\d{2}:\d{2})$/.test(value) || !value.includes('T') ? value : `${value}Z`);
  return Number.isNaN(ms) ? null : new Date(ms);
}

/** `@type` is hard to type in a query. */
function nameOf(key: string): string {
  return key.replace(/^@/, '');
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
