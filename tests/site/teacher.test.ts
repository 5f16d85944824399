/** The site as teacher: what no page can tell alone, learned from several and applied to each. */
import { describe, expect, it } from 'vitest';
import { extractPage, parseDocument } from '../../src/extract/index.js';
import type { PageDraft } from '../../src/page.js';
import { applyProfile } from '../../src/site/apply.js';
import { judgeBlocks } from '../../src/site/judge.js';
import { learnProfile } from '../../src/site/learn.js';
import { Others } from '../../src/site/others.js';
import { emptyProfile, type SiteProfile } from '../../src/site/profile.js';
import { readProfile } from '../../src/site/profile-schema.js';
import { HOUSE_PARAGRAPH, STORIES, storyPage } from './stories.js';

const SITE = 'harbour-courier.example';
const read = (html: string, path: string): PageDraft =>
  extractPage(parseDocument(html), { url: `https://${SITE}/${path}`, html });
const drafts = (): PageDraft[] => STORIES.map((story) => read(storyPage(story), story.path));
const learn = (pages: readonly PageDraft[], previous?: SiteProfile): SiteProfile =>
  learnProfile(
    SITE,
    previous,
    pages.map(({ evidence }) => evidence),
  );

describe('a place that never holds body on other pages', () => {
  const [draft] = drafts();
  const block = draft!.blocks.findLast(({ kept }) => kept)!;
  const keptAfter = (pages: number, score: number) => {
    const profile = { ...emptyProfile(SITE), pages, otherPlaces: { [block.path]: pages } };
    const blocks = draft!.blocks.map((each) => (each === block ? { ...each, score } : { ...each, path: 'div.text>p' }));
    return judgeBlocks(blocks, new Others(profile, draft!.evidence)).find(({ text }) => text === block.text)!.kept;
  };

  it('tells little where it was seen once, and more with each page', () => {
    expect([1, 3, 20].map((pages) => keptAfter(pages, 0.75))).toEqual([true, false, false]);
    expect([1, 3, 20].map((pages) => keptAfter(pages, 0.85))).toEqual([true, true, false]);
  });

  it('never outweighs what the page is sure of', () => {
    expect(keptAfter(400, 0.95)).toBe(true);
  });
});

describe('boilerplate that reads like prose', () => {
  it('stays in the body of a page that is read alone', () => {
    for (const draft of drafts()) expect(applyProfile(draft).fields.articleBody).toContain(HOUSE_PARAGRAPH);
  });

  it('is cut out of every page once the site is known, text and HTML alike', () => {
    const pages = drafts();
    const profile = learn(pages);
    pages.forEach((draft, i) => {
      const { fields, provenance } = applyProfile(draft, profile);
      expect(fields.articleBody).toBe(STORIES[i]!.paragraphs.join('\n\n'));
      expect(fields.articleHtml).toBe(STORIES[i]!.paragraphs.map((text) => `<p>${text}</p>`).join(''));
      expect(provenance.articleBody!.from).toBe('profile');
      expect(fields.wordCount).toBeLessThan(draft.fields.wordCount!);
    });
  });

  it('is left alone where one other page alone has it: that may be a coincidence', () => {
    const pages = drafts().slice(0, 2);
    const profile = learn(pages);
    for (const draft of pages) expect(applyProfile(draft, profile).fields.articleBody).toContain(HOUSE_PARAGRAPH);
  });

  it('is not seen in several addresses of one article, which repeat all of it', () => {
    const html = storyPage(STORIES[0]!);
    for (const addresses of [
      ['a', 'b'],
      ['a', 'b', 'c', 'd', 'e', 'f'],
    ]) {
      const pages = addresses.map((address) => read(html, address));
      const profile = learn(pages);
      for (const draft of pages) expect(applyProfile(draft, profile).fields).toEqual(draft.fields);
    }
  });

  it('is not told by the page itself: a profile of one page changes nothing on it', () => {
    const [draft] = drafts();
    expect(applyProfile(draft!, learn([draft!])).fields).toEqual(draft!.fields);
  });
});

describe('a place where other pages have no body', () => {
  const block = (text: string, path: string, score: number) => ({
    ...{ text, path, score, words: 9, html: `<p>${text}</p>`, fingerprint: text, order: 1, kept: true },
  });
  /** The lines of the box that are left; undefined: nothing was changed. */
  const linesOf = (scores: readonly number[]) => {
    const [story] = STORIES;
    const doubted: PageDraft = {
      ...read(storyPage(story!), story!.path),
      blocks: [
        ...story!.paragraphs.map((text) => block(text, 'main>article>div.text>p', 0.99)),
        ...scores.map((score, i) => block(`The box has its line number ${i + 1}.`, 'main>div.box>p', score)),
      ],
    };
    const profile = { ...emptyProfile(SITE), pages: 3, otherPlaces: { 'main>div.box>p': 2 } };
    const { fields, provenance } = applyProfile(doubted, profile);
    return provenance.articleBody!.from === 'profile' ? fields.articleBody!.split('line number').length - 1 : undefined;
  };

  it('loses what the page doubts, but not some of several paragraphs most of which it is sure of', () => {
    expect(linesOf([0.6])).toBe(0);
    expect(linesOf([0.6, 0.6, 0.9])).toBe(1);
    expect(linesOf([0.9, 0.6, 0.9])).toBeUndefined();
  });
});

describe('the element that linked data proves to hold the body', () => {
  it('holds it too on a page without that data, where the page alone believed other text', () => {
    const linked = STORIES.slice(1).map((story) => {
      const body = JSON.stringify([...story.paragraphs, HOUSE_PARAGRAPH].join(' '));
      const data = `<script type="application/ld+json">{"@type":"NewsArticle","articleBody":${body}}</script>`;
      return read(storyPage(story).replace('</head>', `${data}</head>`), story.path);
    });
    const profile = learn(linked);
    expect(Object.keys(profile.bodyPaths)).toEqual(['main>article>div.text']);
    const block = (text: string, path: string, score: number) => ({
      ...{ text, path, score, words: 9, html: `<p>${text}</p>`, fingerprint: text, order: 1, kept: score >= 0.5 },
    });
    const [story] = STORIES;
    const misread: PageDraft = {
      ...read(storyPage(story!), story!.path),
      blocks: [
        block('Subscribe to the paper and read every page of it.', 'aside>p', 0.6),
        ...story!.paragraphs.map((text) => block(text, 'main>article>div.text>p', 0.3)),
      ],
    };
    expect(applyProfile(misread, profile).fields.articleBody).toBe(story!.paragraphs.join('\n\n'));
  });
});

describe('a site profile', () => {
  it('is the same for any order of the pages, and for a page that is seen twice', () => {
    const pages = drafts();
    const profile = learn(pages);
    expect(learn([...pages].reverse())).toEqual(profile);
    expect(learn([pages[1]!, pages[0]!, pages[2]!, pages[1]!])).toEqual(profile);
    expect(learn(pages, profile)).toEqual(profile);
    expect(JSON.stringify(learn([...pages].reverse()))).toBe(JSON.stringify(profile));
  });

  it('is read back from its JSON as it was written', () => {
    const profile = learn(drafts());
    expect(readProfile(JSON.parse(JSON.stringify(profile, null, 2)))).toEqual(profile);
  });
});

describe("a local time without a zone, on a site under a generic domain's name", () => {
  const page = (date: string, machine = '') =>
    read(
      `<title>Quay wall holds</title><h1>Quay wall holds</h1><p class="date">${date}</p>${machine}
       ${STORIES[0]!.paragraphs.map((text) => `<p>${text}</p>`).join('')}`,
      encodeURIComponent(date),
    );
  const machine = (iso: string) =>
    `<script type="application/ld+json">{"@type":"NewsArticle","headline":"Quay wall holds","datePublished":"${iso}"}</script>`;
  const published = (draft: PageDraft, profile?: SiteProfile) => applyProfile(draft, profile).fields.datePublished;

  it('stays without an offset where nothing tells one', () => {
    expect(published(page('23 November 2017, 18:49'))).toBe('2017-11-23T18:49:00');
    expect(published(page('23 November 2017, 18:49'), emptyProfile(SITE))).toBe('2017-11-23T18:49:00');
  });

  it('gets the offset that machine-readable dates on other pages have in that season', () => {
    const told = [
      page('9 January 2018, 10:00', machine('2018-01-09T10:00:00+01:00')),
      page('9 July 2018, 10:00', machine('2018-07-09T10:00:00+02:00')),
    ];
    const profile = learn(told);
    expect(published(page('3 February 2018, 18:49'), profile)).toBe('2018-02-03T18:49:00+01:00');
    expect(published(page('3 June 2018, 18:49'), profile)).toBe('2018-06-03T18:49:00+02:00');
    // Clocks may have been changed already, or not yet.
    expect(published(page('27 October 2018, 18:49'), profile)).toBe('2018-10-27T18:49:00');
  });

  it('is not in UTC as other pages tell machines, but as they show it beside', () => {
    const told = [
      page('9 January 2018, 10:00', machine('2018-01-09T10:00:00+00:00')),
      page('9 July 2018', machine('2018-07-09T10:00:00+00:00')),
    ];
    expect(published(page('3 February 2018, 18:49'), learn(told))).toBe('2018-02-03T18:49:00');
    const shown = page('9 January 2018, 10:00', machine('2018-01-09T15:00:00Z'));
    expect(published(page('3 February 2018, 18:49'), learn([shown]))).toBe('2018-02-03T18:49:00-05:00');
  });

  it('gets it all the year where winter and summer agree', () => {
    const profile = learn([
      page('9 January 2018, 10:00', machine('2018-01-09T10:00:00+03:00')),
      page('9 July 2018, 10:00', machine('2018-07-09T10:00:00+03:00')),
    ]);
    expect(published(page('23 November 2017, 18:49'), profile)).toBe('2017-11-23T18:49:00+03:00');
  });

  it('follows the zone that a person has pinned, whatever the pages told', () => {
    const told = learn([page('9 January 2018, 10:00', machine('2018-01-09T10:00:00+01:00'))]);
    const pinned = { ...told, pinned: { timeZone: 'Europe/Minsk' } };
    expect(published(page('3 February 2018, 18:49'), pinned)).toBe('2018-02-03T18:49:00+03:00');
    expect(published(page('3 February 2018, 18:49'), { ...told, pinned: { timeZone: '+05:30' } })).toBe(
      '2018-02-03T18:49:00+05:30',
    );
  });

  it('goes before the zone of the country that the address names', () => {
    const draft = extractPage(
      parseDocument(
        `<title>Quay wall holds</title><h1>Quay wall holds</h1><p class="date">3 February 2018, 18:49</p>
         ${STORIES[0]!.paragraphs.map((text) => `<p>${text}</p>`).join('')}`,
      ),
      { url: 'https://courier.by/1', html: '' },
    );
    expect(published(draft)).toBe('2018-02-03T18:49:00+03:00');
    const profile = { ...emptyProfile('courier.by'), pages: 3, offsets: { '01 +01:00': 3 } };
    expect(published(draft, profile)).toBe('2018-02-03T18:49:00+01:00');
  });
});

describe("the site's name", () => {
  it('is cut off a headline when all its titles end in it, though no page names the site', () => {
    const titled = STORIES.map((story) => {
      const html = storyPage(story)
        .replace(/<h1>.*?<\/h1>/, '')
        .replace(
          /<title>.*?<\/title>/,
          `<title>${story.headline} - The Courier of the Harbour</title>
           <meta property="og:title" content="${story.headline} - The Courier of the Harbour">`,
        );
      return read(html, story.path);
    });
    const profile = learn(titled);
    expect(titled[0]!.fields.headline).toBe(`${STORIES[0]!.headline} - The Courier of the Harbour`);
    titled.forEach((draft, i) => {
      expect(applyProfile(draft, profile).fields.headline).toBe(STORIES[i]!.headline);
    });
  });

  it('is the one that a person has pinned', () => {
    const [draft] = drafts();
    const { fields } = applyProfile(draft!, { ...emptyProfile(SITE), pinned: { name: 'Harbour Courier' } });
    expect(fields.publisher).toEqual({ '@type': 'Organization', name: 'Harbour Courier' });
  });
});
