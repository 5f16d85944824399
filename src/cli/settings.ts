/**
 * From what the user typed and wrote to the settings of a run: options override the `--config` file, that overrides the
 * archive's own `tearsheet.json`, that overrides the defaults. Checked by the one schema; a complaint names the option
 * or the file and key, what was got, and what would do. Reads files, never writes.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import { compilePatterns, PatternError } from '../patterns.js';
import { type Settings, settingsSchema } from '../settings.js';
import { systemReason } from '../system-reason.js';
import { isEmptyRange } from '../timespan.js';
import { normalizeUrl } from '../url.js';
import { UsageError } from './exit.js';
import { nearest } from './nearest.js';
import { attributeOf, longFlag, SETTING_OPTIONS, type SettingOption } from './options.js';
import { readTextFile } from './text-file.js';

/** Where settings come from; the later layer wins. */
interface Layer {
  readonly values: Readonly<Record<string, unknown>>;
  /** How the user knows that key: `--delay`, or `news/tearsheet.json: delayMs`. */
  readonly where: (key: string) => string;
}

export interface Sources {
  /** What commander parsed. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Seeds typed or read from `--seeds`; they replace those of the files. */
  readonly seeds: readonly string[];
  readonly config?: string | undefined;
  readonly archive?: string | undefined;
}

/** Throws UsageError with one line per fault. */
export function readSettings({ options, seeds, config, archive }: Sources): Settings {
  const layers: Layer[] = [];
  if (archive !== undefined) {
    const file = join(archive, 'tearsheet.json');
    const text = readSettingsFile(file, { mayBeAbsent: true });
    if (text !== undefined) layers.push(fileLayer(file, text));
  }
  if (config !== undefined) layers.push(fileLayer(config, readSettingsFile(config, { mayBeAbsent: false })!));
  layers.push(optionLayer(options, seeds));

  const checked = settingsSchema.safeParse(Object.assign({}, ...layers.map((layer) => layer.values)));
  if (!checked.success)
    throw new UsageError(checked.error.issues.flatMap((issue) => complaints(issue, layers)).join('\n'));
  checkPatterns(checked.data, layers);
  const settings = { ...checked.data, seeds: checked.data.seeds.map((seed) => readSeed(seed)) };
  if (settings.since !== undefined && settings.until !== undefined && isEmptyRange(settings.since, settings.until))
    throw new UsageError(
      `${whereIs('since', layers)} ${settings.since} is after ${whereIs('until', layers)} ${settings.until}: no article can match`,
    );
  return settings;
}

function checkPatterns(settings: Settings, layers: readonly Layer[]): void {
  for (const key of ['include', 'exclude'] as const)
    try {
      compilePatterns(settings[key]);
    } catch (error) {
      if (!(error instanceof PatternError)) throw error;
      throw new UsageError(`${whereIs(key, layers)}: ${error.message}`);
    }
}

function optionLayer(options: Readonly<Record<string, unknown>>, seeds: readonly string[]): Layer {
  const values: Record<string, unknown> = {};
  const flags = new Map<string, string>([['seeds', 'seeds']]);
  if (seeds.length > 0) values.seeds = seeds;
  for (const option of SETTING_OPTIONS) {
    flags.set(option.setting, longFlag(option.flags));
    const value = options[attributeOf(option.flags)];
    if (value !== undefined) values[option.setting] = READERS[option.kind](value);
  }
  return { values, where: (key) => flags.get(key) ?? key };
}

const READERS: Readonly<Record<SettingOption['kind'], (value: unknown) => unknown>> = {
  text: (value) => value,
  list: (value) => value,
  number: readNumber,
  size: readSize,
};

/** `500k` is 500,000, as in `curl --limit-rate` but decimal, as networks are sold. */
function readSize(value: unknown): unknown {
  const [, number, unit = ''] = /^\s*([\d.]+)\s*([kmg]?)b?\s*$/i.exec(String(value)) ?? [];
  const bytes = Number(number) * 1000 ** ['', 'k', 'm', 'g'].indexOf(unit.toLowerCase());
  return Number.isFinite(bytes) ? Math.round(bytes) : value;
}

/** What is no number stays text, for the schema to complain about. */
function readNumber(value: unknown): unknown {
  const number = Number(value);
  return String(value).trim() !== '' && Number.isFinite(number) ? number : value;
}

function readSettingsFile(path: string, { mayBeAbsent }: { mayBeAbsent: boolean }): string | undefined {
  try {
    return readTextFile(path);
  } catch (error) {
    if (mayBeAbsent && (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new UsageError(`${path}: the settings cannot be read: ${systemReason(error)}`);
  }
}

function fileLayer(path: string, text: string): Layer {
  let values: unknown;
  try {
    values = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${path}: not valid JSON: ${(error as Error).message}`);
  }
  if (typeof values !== 'object' || values === null || Array.isArray(values))
    throw new UsageError(`${path}: expected an object of settings, such as { "seeds": ["https://example.org/"] }`);
  return { values: values as Record<string, unknown>, where: (key) => `${path}: ${key}` };
}

function complaints(issue: z.core.$ZodIssue, layers: readonly Layer[]): string[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => {
      // Also who writes an option's name means its setting.
      const option = SETTING_OPTIONS.find(({ flags }) => attributeOf(flags) === key || longFlag(flags) === `--${key}`);
      const meant = option?.setting ?? nearest(key, Object.keys(settingsSchema.shape));
      return `${whereIs(key, layers)}: there is no such setting${meant ? `; did you mean "${meant}"?` : ' (see: tearsheet schema settings)'}`;
    });
  const [key, ...rest] = issue.path.map(String);
  if (key === undefined) return [issue.message];
  const got = rest.reduce<unknown>(
    (value, part) => (value as Record<string, unknown> | undefined)?.[part],
    givenValue(key, layers),
  );
  const place = rest.length > 0 ? `${whereIs(key, layers)}[${rest.join('][')}]` : whereIs(key, layers);
  const meaning = settingsSchema.shape[key as keyof Settings]?.description;
  return [`${place}: ${expectation(issue)}, got ${JSON.stringify(got)}${meaning ? ` (${meaning})` : ''}`];
}

/** `expected number` rather than `Invalid input: expected number, received string`: what was got is shown as it is. */
function expectation(issue: z.core.$ZodIssue): string {
  if (issue.code === 'too_small')
    return `expected ${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}`;
  if (issue.code === 'too_big') return `expected at most ${issue.maximum}`;
  return issue.message.replace(/^Invalid \w+: /, '').replace(/, received .*$/, '');
}

function whereIs(key: string, layers: readonly Layer[]): string {
  return layers.findLast((layer) => Object.hasOwn(layer.values, key))?.where(key) ?? key;
}

function givenValue(key: string, layers: readonly Layer[]): unknown {
  return layers.findLast((layer) => Object.hasOwn(layer.values, key))?.values[key];
}

/** An address as people type it: `example.org/politics` means https. */
export function addressOf(text: string): string | undefined {
  const typed = text.trim();
  const url = normalizeUrl(HAS_SCHEME.test(typed) ? typed : `https://${typed}`);
  const name = url === undefined ? '' : new URL(url).hostname;
  return HAS_SCHEME.test(typed) || name.includes('.') || name === 'localhost' ? url : undefined;
}

function readSeed(seed: string): string {
  const url = addressOf(seed);
  if (url !== undefined) return url;
  const isArchive = existsSync(join(seed.trim(), 'tearsheet.json'));
  throw new UsageError(
    `seed ${JSON.stringify(seed)}: ${isArchive ? 'it is an archive; to go on with it, put --archive before it' : 'expected a web address such as https://example.org/'}`,
  );
}

/** `localhost:8080` has none: what follows a scheme's colon is no port. */
const HAS_SCHEME = /^[a-z][a-z0-9+.-]*:(?!\d)/i;
