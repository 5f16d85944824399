/**
 * One page, from HTML to its record: what the library offers for a page that the caller has already. In: HTML as text
 * or bytes, and what is known of it. Out: the record, or what could be read of a page that is no article. Never:
 * fetches, reads a clock; the same input gives the same record.
 */
import type { Article, NotArticle } from './article.js';
import type { PageInput } from './page.js';
import { readPage } from './pool/page-task.js';
import { articleRecord, notArticleRecord } from './record.js';
import { applyProfile } from './site/apply.js';
import { profileDigest } from './site/profile.js';
import { readProfile } from './site/profile-schema.js';
import { isUrl } from './url.js';

export interface ExtractOptions extends Pick<PageInput, 'fetchedAt' | 'http' | 'lead'> {
  /** The page's own URL: relative links are resolved against it, and it becomes the record's `url`. */
  readonly url: string;
  /** The Content-Type header field: a witness of the charset where `html` is bytes. */
  readonly contentType?: string;
  /** What a crawl has learned of the page's site, as an archive keeps it in `sites/`. Throws ZodError if it is none. */
  readonly profile?: unknown;
  /** Carried along in the record. */
  readonly source?: Record<string, unknown>;
}

/**
 * Reads the article in a page. A page that is no article has the key `outcome`:
 *
 *     const record = await extract(html, { url });
 *     if ('outcome' in record) console.log(record.reason);
 *     else console.log(record.headline);
 *
 * Runs in the calling thread; throws only for a URL that is none.
 */
export async function extract(html: string | Uint8Array, options: ExtractOptions): Promise<Article | NotArticle> {
  const { profile, source, ...known } = options;
  if (!isUrl(options.url)) throw new TypeError(`extract: url must be an absolute URL, got ${options.url}`);
  const learned = profile === undefined ? undefined : readProfile(profile);
  const { draft, pages } = readPage({ ...known, body: html, links: false });
  const page = { ...applyProfile(draft, learned), url: options.url };
  const context = {
    isPartOf: pages?.first,
    ...(source && { source }),
    ...(learned && { siteProfile: profileDigest(learned) }),
  };
  return page.verdict.isArticle
    ? articleRecord(page, page.verdict.type, context)
    : notArticleRecord(page, page.verdict.reason, context);
}
