/**
 * The options that stand for a setting, as a table: one line each, from which `--help`, the parsing and the names in
 * error messages come. No imports but types: `--help` must not wait for the rest of the program.
 */
import type { Command } from 'commander';
import type { SettingsInput } from '../settings.js';

export interface SettingOption {
  readonly flags: string;
  readonly setting: keyof SettingsInput;
  readonly help: string;
  /** `list` may be repeated; `size` is a number of bytes, with k, M or G where they are many. */
  readonly kind: 'text' | 'number' | 'size' | 'list';
}

/** Which articles: where a crawl looks and what it keeps. */
export const SELECTION: readonly SettingOption[] = [
  {
    flags: '--since <date>',
    setting: 'since',
    kind: 'text',
    help: 'only articles published on or after this day, month or year',
  },
  { flags: '--until <date>', setting: 'until', kind: 'text', help: 'only articles published on or before it' },
  { flags: '--max-articles <n>', setting: 'maxArticles', kind: 'number', help: 'stop after this many articles' },
  { flags: '--max-pages <n>', setting: 'maxPages', kind: 'number', help: 'stop after this many page requests' },
  {
    flags: '--max-depth <n>',
    setting: 'maxDepth',
    kind: 'number',
    help: 'links to follow from a seed; feeds and sitemaps do not count (default: 5)',
  },
  {
    flags: '--max-article-pages <n>',
    setting: 'maxArticlePages',
    kind: 'number',
    help: 'pages of one article to join in its record; 1 joins none (default: 20)',
  },
  {
    flags: '--scope <scope>',
    setting: 'scope',
    kind: 'text',
    help: "host, site or prefix: stay on a seed's host, its domain, or below its URL (default: site)",
  },
  {
    flags: '--include <pattern>',
    setting: 'include',
    kind: 'list',
    help: 'keep only articles whose URL matches a glob or /regular expression/; may be repeated',
  },
  {
    flags: '--exclude <pattern>',
    setting: 'exclude',
    kind: 'list',
    help: 'never fetch URLs that match; may be repeated',
  },
];

/** How the web is asked. */
export const MANNERS: readonly SettingOption[] = [
  {
    flags: '--delay <ms>',
    setting: 'delayMs',
    kind: 'number',
    help: 'least time between the starts of two requests to one host; 0 only for testing (default: 1000)',
  },
  {
    flags: '--concurrency <n>',
    setting: 'concurrency',
    kind: 'number',
    help: 'requests at once over all hosts (default: 32)',
  },
  {
    flags: '--max-rate <n>',
    setting: 'maxRequestsPerSecond',
    kind: 'number',
    help: 'requests a second over all hosts',
  },
  {
    flags: '--max-bandwidth <bytes>',
    setting: 'maxBytesPerSecond',
    kind: 'size',
    help: 'bytes a second received over all hosts, such as 500k or 2M',
  },
  {
    flags: '--max-sockets <n>',
    setting: 'maxSockets',
    kind: 'number',
    help: 'connections open at once, idle ones included (default: 256)',
  },
  {
    flags: '--only-between <hours>',
    setting: 'onlyBetween',
    kind: 'text',
    help: 'start requests only in these hours, such as 22:00-06:00; a run waits for them',
  },
  {
    flags: '--time-zone <zone>',
    setting: 'timeZone',
    kind: 'text',
    help: "time zone of --only-between, such as Europe/Minsk (default: the machine's own)",
  },
  {
    flags: '--timeout <ms>',
    setting: 'timeoutMs',
    kind: 'number',
    help: 'longest silence of a server (default: 30000)',
  },
  {
    flags: '--user-agent <text>',
    setting: 'userAgent',
    kind: 'text',
    help: 'User-Agent to send; robots.txt is read for tearsheet all the same',
  },
  {
    flags: '--contact <address>',
    setting: 'contact',
    kind: 'text',
    help: 'URL or mail address for the User-Agent, so that site owners can reach you',
  },
  {
    flags: '--proxy <url>',
    setting: 'proxy',
    kind: 'text',
    help: 'HTTP proxy (default: HTTP_PROXY, HTTPS_PROXY, NO_PROXY)',
  },
];

/** How it is computed. */
export const MACHINE: readonly SettingOption[] = [
  {
    flags: '--workers <n>',
    setting: 'workers',
    kind: 'number',
    help: 'extraction threads (default: processors less one)',
  },
];

export const SETTING_OPTIONS: readonly SettingOption[] = [...SELECTION, ...MANNERS, ...MACHINE];

/** How the run is told on standard error. */
export interface TellingOptions {
  readonly log?: string;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}

export function addSettingOptions(command: Command, options: readonly SettingOption[]): Command {
  for (const { flags, help, kind } of options) {
    if (kind === 'list') command.option(flags, help, (value: string, before: string[] = []) => [...before, value]);
    else command.option(flags, help);
  }
  return command;
}

export function addTellingOptions(command: Command): Command {
  return command
    .option('--log <form>', 'pretty or json: log lines on standard error instead of the live display')
    .option('-q, --quiet', 'say nothing but errors')
    .option('-v, --verbose', 'say more: every outcome, and the table per host');
}

/** `--max-articles <n>` → `maxArticles`, the name under which commander hands the value over. */
export function attributeOf(flags: string): string {
  return longFlag(flags)
    .slice(2)
    .replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

export function longFlag(flags: string): string {
  return /--[\w-]+/.exec(flags)![0];
}
