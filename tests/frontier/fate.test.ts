import { expect, it } from 'vitest';
import { fateOf } from '../../src/frontier/fate.js';
import { SqliteFrontier } from '../../src/frontier/sqlite.js';
import { openState } from '../../src/state.js';

const NOW = 1_511_449_740_000;
const lead = (url: string) => ({
  url,
  kind: 'page' as const,
  source: 'link' as const,
  articleLikelihood: 0.5,
  depth: 1,
  foundOn: 'https://example.org/',
});

it('tells how a lead ended, whether it waits, and what named it', () => {
  const state = openState(':memory:');
  const frontier = new SqliteFrontier(state);
  frontier.beginRun('20171123T150900Z', NOW);
  frontier.put([lead('https://example.org/a'), lead('https://example.org/b')]);
  const [taken] = frontier.take(1, 1000, NOW);
  frontier.settle([{ id: taken!.id, outcome: { name: 'gone', reason: 'http-404' } }]);
  frontier.putEnded([
    { lead: lead('https://example.com/x'), outcome: { name: 'out-of-scope', reason: 'site', detail: 'example.com' } },
  ]);
  const foundOn = 'https://example.org/';

  expect(fateOf(state, taken!.url)).toMatchObject({ outcome: { name: 'gone', reason: 'http-404' }, foundOn });
  // The same article, spelt in another way.
  expect(fateOf(state, `${taken!.url}?utm_source=feed`)).toMatchObject({ outcome: { name: 'gone' } });
  expect(fateOf(state, taken!.url.endsWith('a') ? 'https://example.org/b' : 'https://example.org/a')).toEqual({
    foundOn,
  });
  expect(fateOf(state, 'https://example.com/x')).toEqual({
    outcome: { name: 'out-of-scope', reason: 'site', detail: 'example.com' },
    foundOn,
  });
  expect(fateOf(state, 'https://example.org/never-named')).toBeUndefined();
  state.close();
});
