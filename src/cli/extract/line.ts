/**
 * From an input to its line: a record, a page that is no article, or what became of an input without a page. Never
 * throws for what an input holds: every input gives one line.
 */
import { type Article, type Capture, type NotArticle, type OutcomeLine, SCHEMA_VERSION } from '../../article.js';
import { captureOf, type TurnedPage, turnPages } from '../../crawl/article-pages.js';
import { joinPages } from '../../join.js';
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
        return this.#read({ kind: 'page', url, task: fetched.task, capture: fetched.capture }, { isOnline: true });
      }
    }
  }

  async #withFurther(first: OnlinePage): Promise<Pick<OnlinePage, 'draft' | 'capture'>> {
    const web = await this.#web!;
    const { maxArticlePages } = await this.#settings();
    const turned = await turnPages<OnlinePage>(first, maxArticlePages, async (url) => {
      const fetched = await web.get(url);
      if (fetched.outcome) return { outcome: fetched.outcome };
      const { task, capture } = fetched;
      try {
        return { ...(await this.#reader.read({ ...task, url: capture.finalUrl, links: false })), capture };
      } catch (error) {
        if (!(error instanceof PageFailure)) throw error;
        return { outcome: { name: 'failed', reason: 'parse', detail: error.message.split('\n', 1)[0]! } };
      }
    });
    return {
      draft: joinPages(
        first.draft,
        turned.further.map(({ page, isWhole }) => ({ draft: page.draft, isWhole })),
      ),
      capture: captureOf(first.capture, turned),
    };
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

  /** `isOnline`: further pages of the article may be asked for. */
  async #read(
    page: Page,
    { isAgain = false, isOnline = false }: { isAgain?: boolean; isOnline?: boolean } = {},
  ): Promise<ExtractLine> {
    const { url, task, capture, source, urlIsOurs } = page;
    // Relative links count from where the page really was.
    const base = capture?.finalUrl ?? url;
    try {
      // The pool may take the bytes away, and they may be needed again.
      const body = urlIsOurs && typeof task.body !== 'string' ? task.body.slice() : task.body;
      const { draft, pages } = await this.#reader.read({ ...task, body, url: base, links: false }, isAgain);
      if (urlIsOurs && draft.canonicalUrl !== undefined && /^https?:/.test(draft.canonicalUrl))
        return await this.#read(
          { kind: 'page', url: draft.canonicalUrl, task, ...(source && { source }) },
          { isAgain: true },
        );
      const whole =
        isOnline && capture && pages && pages.first === undefined && draft.verdict.isArticle
          ? await this.#withFurther({ draft, pages, capture })
          : { draft, capture };
      const final = { ...applyProfile(whole.draft), url };
      const context = {
        ...(whole.capture && { capture: whole.capture }),
        isPartOf: pages?.first,
        ...(source && { source: { ...source } }),
      };
      return final.verdict.isArticle
        ? articleRecord(final, final.verdict.type, context)
        : notArticleRecord(final, final.verdict.reason, context);
    } catch (error) {
      if (!(error instanceof PageFailure)) throw error;
      return outcomeLine(naming(url, { name: 'failed', reason: 'parse', detail: error.message }), page);
    }
  }
}

/** A page that was asked for. */
interface OnlinePage extends TurnedPage {
  readonly capture: Capture;
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
