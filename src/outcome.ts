/**
 * The one final state of every lead, with its reason.
 *
 * Expected failures are values of this type; thrown errors are bugs or broken surroundings. At the end of a run the
 * counts over all outcomes add up to the number of leads.
 */

/** Every outcome, in the order of the summary table. */
export const OUTCOMES = [
  'archived',
  'unchanged',
  'duplicate',
  'not-article',
  'out-of-scope',
  'disallowed',
  'gone',
  'failed',
] as const;

export type OutcomeName = (typeof OUTCOMES)[number];

/** Why a lead ended as it did. One list, so that the same cause has the same name in tables, logs and manifests. */
export const REASONS = {
  archived: [
    'new',
    'revised',
    'moved',
    // reextract: the same capture read otherwise; and the newest one's record repeated, so that it stays the newest
    'reread',
    'repeated',
  ],
  unchanged: ['not-modified', 'same-content', 'not-due'],
  duplicate: [
    'redirects-to-known',
    'canonical-known',
    'same-content',
    // a further page of an article, read into that one's record
    'page-of-article',
  ],
  'not-article': [
    // documents that only lead on
    'sitemap',
    'feed',
    'front-page',
    'section',
    'tag',
    'author-page',
    'search',
    'about',
    // pages that hold no article
    'no-body',
    'soft-404',
    'consent-wall',
    'bot-wall',
    'forum',
    'product',
    'not-html',
    'empty',
  ],
  'out-of-scope': [
    'host',
    'site',
    'prefix',
    'include',
    'exclude',
    'scheme',
    'too-old',
    'too-new',
    'depth',
    'trap',
    'limit',
    'malformed-url',
  ],
  disallowed: ['robots', 'robots-unreachable', 'noindex', 'private-address', 'tdm-reserved', 'noarchive'],
  gone: ['http-404', 'http-410', 'redirects-to-front'],
  failed: [
    'dns',
    'connect',
    'tls',
    // silent for too long, or as good as silent; and not whole within the time for one request
    'timeout',
    'too-slow',
    'reset',
    'truncated',
    'too-large',
    'bad-encoding',
    'bad-http',
    'redirect-loop',
    'too-many-redirects',
    'bad-redirect',
    'http-4xx',
    'http-5xx',
    'rate-limited',
    'host-given-up',
    'parse',
    'interrupted',
    // reextract: a record whose capture is not there any more
    'no-capture',
    // extract: a line of the input that holds no page
    'bad-input',
  ],
} as const satisfies Record<OutcomeName, readonly string[]>;

/** A lead's final state. `detail` is one line for people and may hold text from the web: escape it before a terminal. */
export type Outcome = {
  [N in OutcomeName]: { readonly name: N; readonly reason: (typeof REASONS)[N][number]; readonly detail?: string };
}[OutcomeName];

export type Reason<N extends OutcomeName = OutcomeName> = (typeof REASONS)[N][number];

/** `name → reason → count`; only what occurred is present. */
export type OutcomeCounts = { [N in OutcomeName]?: { [reason: string]: number } };
