/** Fields that a site gives to its pages whatever they are about, told by its other pages. */
import { describe, expect, it } from 'vitest';
import type { ArticleFields } from '../../src/article.js';
import { extractPage, parseDocument } from '../../src/extract/index.js';
import type { PageDraft } from '../../src/page.js';
import { applyProfile } from '../../src/site/apply.js';
import { learnProfile } from '../../src/site/learn.js';
import { profileDigest } from '../../src/site/profile.js';
import { readProfile } from '../../src/site/profile-schema.js';
import { STORIES, type Story, storyPage } from './stories.js';

/** What is added to a story's page. */
interface Parts {
  readonly head?: string;
  readonly before?: string;
  readonly between?: string;
}

const SITE = 'harbour-courier.example';

const read = (story: Story, path: string, { head = '', before = '', between = '' }: Parts): PageDraft => {
  const html = storyPage(story)
    .replace('</head>', `${head}</head>`)
    .replace('<div class="text">', `${before}<div class="text">`)
    .replace('</p>', `</p>${between}`);
  return extractPage(parseDocument(html), { url: `https://${SITE}/${path}`, html });
};

/** The stories as they come out once their site is known, and as each came out alone. */
function told(
  partsOf: (index: number) => Parts,
  stories: readonly Story[] = STORIES,
): { alone: ArticleFields; known: ArticleFields }[] {
  const drafts = stories.map((story, i) => read(story, `${story.path}-${i}`, partsOf(i)));
  const profile = learnProfile(
    SITE,
    undefined,
    drafts.map(({ evidence }) => evidence),
  );
  return drafts.map((draft) => ({ alone: draft.fields, known: applyProfile(draft, profile).fields }));
}

const meta = (name: string, content: string): string =>
  `<meta ${name.startsWith('og:') ? 'property' : 'name'}="${name}" content="${content}">`;

describe('keywords', () => {
  const OWN = ['masonry', 'gardening', 'regatta'];

  it('that every page has though its text does not speak of them are the site', () => {
    for (const [i, { alone, known }] of told((i) => ({
      head: meta('keywords', `tabloidlayout, ${OWN[i]}, Island news`),
    })).entries()) {
      expect(alone.keywords).toEqual(['tabloidlayout', OWN[i], 'Island news']);
      expect(known.keywords).toEqual([OWN[i]]);
    }
  });

  it('that every page has and speaks of are of the article, in any form of the word', () => {
    const pages = told((i) => ({ head: meta('keywords', `harbours, ${OWN[i]}, reader`) }));
    for (const [i, { known }] of pages.entries()) expect(known.keywords).toEqual(['harbours', OWN[i], 'reader']);
  });

  it('that are the same list on every page are the site, spoken of or not', () => {
    const pages = told(() => ({ head: meta('keywords', 'harbour, town, paper, ships') }));
    for (const { alone, known } of pages) {
      expect(alone.keywords).toHaveLength(4);
      expect(known).not.toHaveProperty('keywords');
    }
  });

  it('that most pages have may be those of a section', () => {
    const head = (i: number) => meta('keywords', i === 0 ? 'masonry' : `politics, ${OWN[i]}`);
    for (const { alone, known } of told((i) => ({ head: head(i) }))) expect(known.keywords).toEqual(alone.keywords);
  });
});

describe('a description', () => {
  const MOTTO = 'The paper of the harbour town: ships, stones, apples and rowing, printed by readers since 1911.';

  it('that other pages have too is the motto of the site', () => {
    for (const { alone, known } of told(() => ({ head: meta('description', MOTTO) }))) {
      expect(alone.description).toBe(MOTTO);
      expect(known).not.toHaveProperty('description');
    }
  });

  it('is left alone where one other page has it', () => {
    const pages = told(() => ({ head: meta('description', MOTTO) }), STORIES.slice(0, 2));
    for (const { known } of pages) expect(known.description).toBe(MOTTO);
  });
});

describe('a picture', () => {
  const picture = (name: string): string => `https://${SITE}/pictures/${name}.jpg`;
  const figure = (name: string): string =>
    `<figure><img src="${picture(name)}" width="900" height="600" alt=""></figure>`;
  const urls = ({ image = [] }: ArticleFields): string[] => image.map(({ url }) => url);

  it('that machines are told on every page, and nobody sees, is none of the articles', () => {
    for (const { alone, known } of told(() => ({ head: meta('og:image', picture('tower')) }))) {
      expect(urls(alone)).toEqual([picture('tower')]);
      expect(known).not.toHaveProperty('image');
    }
  });

  it('that stands in every text goes with its place there, and the others stay', () => {
    for (const [i, { alone, known }] of told((i) => ({
      before: figure(`story-${i}`),
      between: figure('subscribe'),
    })).entries()) {
      expect(urls(alone)).toEqual([picture(`story-${i}`), picture('subscribe')]);
      expect(urls(known)).toEqual([picture(`story-${i}`)]);
      expect(known.articleHtml).toContain(picture(`story-${i}`));
      expect(known.articleHtml).not.toContain(picture('subscribe'));
    }
  });
});

describe('fields of one article under several addresses', () => {
  it('are its own, however many there are', () => {
    const head = [
      meta('keywords', 'tabloid, masonry, politics'),
      meta('description', 'Waves four metres high broke over the outer harbour.'),
      meta('og:image', `https://${SITE}/pictures/quay.jpg`),
    ].join('');
    for (const addresses of [3, 6]) {
      const pages = told(() => ({ head }), new Array(addresses).fill(STORIES[0]));
      for (const { alone, known } of pages) expect(known).toEqual(alone);
    }
  });
});

describe('a profile that was written before these fields were learned', () => {
  it('is read, and learns them from the pages that come', () => {
    const { evidence } = read(STORIES[0]!, 'old', {});
    const { keywords: _, ...old } = learnProfile(SITE, undefined, [evidence]);
    const drafts = STORIES.map((story) => read(story, story.path, { head: meta('keywords', 'tabloidlayout') }));
    const profile = learnProfile(
      SITE,
      readProfile(old),
      drafts.map((draft) => draft.evidence),
    );
    expect(profile.keywords).toEqual({ tabloidlayout: 3 });
  });

  it('keeps the digest by which records name it', () => {
    const { keywords: _, ...old } = learnProfile(SITE, undefined, [read(STORIES[0]!, 'old', {}).evidence]);
    expect(profileDigest(readProfile(JSON.parse(JSON.stringify(old))))).toBe(profileDigest(old));
  });
});
