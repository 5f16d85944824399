/**
 * From an input to its line: a record, a page that is no article, or what became of an input without a page. Never
 * throws for what an input holds: every input gives one line.
 */
import { type Article, type NotArticle, type OutcomeLine, SCHEMA_VERSION } from '../../article.js';
import type { Outcome } from '../../outcome.js';
import { PageFailure } from '../../pool/pool.js';
import { articleRecord, EXTRACTOR, notArticleRecord } from '../../record.js';
import type { Settings } from '../../settings.js';
import { applyProfile } from '../../site/apply.js';
import type { InputPage } from './page.js';
import { PageReader } from './reader.js';
import type { Web } from './web.js';

export type ExtractLine = Article | NotArticle | OutcomeLine;

type Page = Extract<InputPage, { kind: 'page' }>;

export class LineMaker {
  readonly #settings: () => Promise<Settings>;
  readonly #reader: PageReader;
  #web: Promise<Web> | undefined;

  /** `settings` are asked for with the first address; `workers` as createPool has it. */
  constructor(settings: () => Promise<Settings>, workers: number | undefined) {
    this.#settings = settings;
    this.#reader = new PageReader(workers);
  }

  async make(input: InputPage): Promise<ExtractLine> {
    switch (input.kind) {
      case 'lost':
        return outcomeLine(input.outcome, input);
      case 'page':
        return this.#read(input);
      case 'address': {
        this.#web ??= this.#connect();
        const { url } = input;
        const fetched = await (await this.#web).get(url);
        if (fetched.outcome) return outcomeLine(naming(url, fetched.outcome), { url });
        return this.#read({ kind: 'page', url, task: fetched.task, capture: fetched.capture });
      }
    }
  }

  async close(): Promise<void> {
    const web = this.#web?.then((connected) => connected.close());
    await Promise.all([this.#reader.close(), web]);
  }

  /** Loaded for addresses alone: the client takes longer to load than a page to be read. */
  async #connect(): Promise<Web> {
    const { Web } = await import('./web.js');
    return new Web(await this.#settings());
  }

  async #read(page: Page, isAgain = false): Promise<ExtractLine> {
    const { url, task, capture, source, urlIsOurs } = page;
    // Relative links count from where the page really was.
    const base = capture?.finalUrl ?? url;
    try {
      // The pool may take the bytes away, and they may be needed again.
      const body = urlIsOurs && typeof task.body !== 'string' ? task.body.slice() : task.body;
      const { draft } = await this.#reader.read({ ...task, body, url: base, links: false }, isAgain);
      if (urlIsOurs && draft.canonicalUrl !== undefined && /^https?:/.test(draft.canonicalUrl))
        return await this.#read({ kind: 'page', url: draft.canonicalUrl, task, ...(source && { source }) }, true);
      const final = { ...applyProfile(draft), url };
      const context = { ...(capture && { capture }), ...(source && { source: { ...source } }) };
      return final.verdict.isArticle
        ? articleRecord(final, final.verdict.type, context)
        : notArticleRecord(final, final.verdict.reason, context);
    } catch (error) {
      if (!(error instanceof PageFailure)) throw error;
      return outcomeLine(naming(url, { name: 'failed', reason: 'parse', detail: error.message }), page);
    }
  }
}

function naming(url: string, outcome: Outcome): Outcome {
  return {
    ...outcome,
    detail: `${url}: ${outcome.name} (${outcome.reason}${outcome.detail === undefined ? '' : `: ${outcome.detail}`})`,
  };
}

function outcomeLine(
  { name, reason, detail }: Outcome,
  { url, source }: { readonly url?: string; readonly source?: Readonly<Record<string, unknown>> },
): OutcomeLine {
  return {
    outcome: name,
    reason,
    ...(detail !== undefined && { detail }),
    ...(url !== undefined && { url }),
    schema: SCHEMA_VERSION,
    extractor: EXTRACTOR,
    ...(source && { source: { ...source } }),
  };
}
