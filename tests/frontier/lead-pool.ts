/** Leads for the frontier's tests: few hosts, few paths, some of them two URLs of one article. */
import fc from 'fast-check';
import type { Lead } from '../../src/lead.js';
import type { Outcome } from '../../src/outcome.js';

const HOSTS = ['https://a.example', 'https://www.a.example', 'http://b.example', 'https://c.example:8443'];
const PATHS = ['/', '/news/one-two-three', '/news/one-two-three/amp', '/news/four-five-six', '/feed.xml', '/about'];

export const urls = fc.tuple(fc.constantFrom(...HOSTS), fc.constantFrom(...PATHS)).map(([host, path]) => host + path);

export const leads: fc.Arbitrary<Lead> = fc.record(
  {
    url: urls,
    kind: fc.constantFrom('page' as const, 'page' as const, 'feed' as const, 'sitemap' as const),
    source: fc.constantFrom('seed' as const, 'sitemap' as const, 'feed' as const, 'link' as const),
    depth: fc.nat({ max: 3 }),
    title: fc.constantFrom('One', 'Two'),
    datePublished: fc.constantFrom('2017-11-23', '2024-04-20T10:00:00Z', 'someday'),
    articleLikelihood: fc.constantFrom(0, 0.4, 1),
  },
  { requiredKeys: ['url', 'kind', 'source', 'depth'] },
);

export const outcomes: fc.Arbitrary<Outcome> = fc.constantFrom<Outcome[]>(
  { name: 'archived', reason: 'new' },
  { name: 'not-article', reason: 'section' },
  { name: 'failed', reason: 'timeout', detail: 'no answer' },
  { name: 'out-of-scope', reason: 'limit' },
  { name: 'out-of-scope', reason: 'trap' },
  { name: 'gone', reason: 'http-404' },
);

/** Of leads that are not fetched. */
export const endings: fc.Arbitrary<Outcome> = fc.constantFrom<Outcome[]>(
  { name: 'out-of-scope', reason: 'site', detail: 'a.example' },
  { name: 'out-of-scope', reason: 'depth' },
  { name: 'out-of-scope', reason: 'trap' },
  { name: 'out-of-scope', reason: 'limit' },
);

export function page(url: string, more: Partial<Lead> = {}): Lead {
  return { url, kind: 'page', source: 'link', depth: 1, ...more };
}
