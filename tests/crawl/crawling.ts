/** Runs a whole crawl against the tests' own web, in a folder that goes with the test; gives what came of it. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import type { Article } from '../../src/article.js';
import { crawl } from '../../src/crawl.js';
import type { CrawlEvent, CrawlSummary } from '../../src/events.js';
import type { Resolver } from '../../src/fetch/address.js';
import type { SettingsInput } from '../../src/settings.js';
import { type FixtureSite, loadSites } from '../support/fixture-sites.js';
import { serveWeb, type Web, type WebSite } from '../support/web.js';

const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

/** Ends with the test. */
export async function webOf(sites: readonly WebSite[], options?: Parameters<typeof serveWeb>[1]): Promise<Web> {
  const web = await serveWeb(sites, options);
  endings.push(() => web.close());
  return web;
}

export async function fixtureWeb(names?: readonly string[]): Promise<{ web: Web; sites: FixtureSite[] }> {
  const sites = loadSites(names);
  return { web: await webOf(sites), sites };
}

/** A folder that goes with the test. */
export function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'tearsheet-crawl-'));
  endings.push(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

export interface Crawled {
  readonly articles: readonly Article[];
  readonly summary: CrawlSummary;
  readonly events: readonly CrawlEvent[];
}

export interface CrawlingOptions {
  readonly archive?: string;
  readonly signal?: AbortSignal;
  /** In place of the system's. */
  readonly resolver?: Resolver;
  readonly onEvent?: (event: CrawlEvent) => void;
}

/** One crawl through the web's proxy, if it has one, without a delay where the settings give none. */
export async function crawled(
  web: { readonly proxy?: string },
  settings: SettingsInput,
  options: CrawlingOptions = {},
): Promise<Crawled> {
  const articles: Article[] = [];
  const events: CrawlEvent[] = [];
  const run = crawl(
    { delayMs: 0, workers: 0, ...(web.proxy !== undefined && { proxy: web.proxy }), ...settings },
    {
      ...options,
      onEvent: (event) => {
        events.push(event);
        options.onEvent?.(event);
      },
      surroundings: { environment: {}, ...(options.resolver && { resolver: options.resolver }) },
    },
  );
  for (;;) {
    const step = await run.next();
    if (step.done) return { articles, summary: step.value, events };
    articles.push(step.value);
  }
}

export const paragraphsOf = (article: Article): string[] => article.articleBody?.split('\n\n') ?? [];

export function totalOf(counts: CrawlSummary['outcomes']): number {
  return Object.values(counts).reduce((sum, reasons) => sum + Object.values(reasons).reduce((a, b) => a + b, 0), 0);
}

/** All records of an archive, in the order of its files. */
export function recordsOf(archive: string): Article[] {
  return readdirSync(join(archive, 'records'))
    .sort()
    .flatMap((file) => readFileSync(join(archive, 'records', file), 'utf8').split('\n'))
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Article);
}
