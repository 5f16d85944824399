/**
 * A parsed page → its draft. In: the tree and what was known of the page. Out: all fields with where each was read,
 * the blocks of the body, and what the page tells of its site. One pass collects the witnesses, each field's file
 * reads its verdict from them. Never: throws, fetches, reads a clock; the same page gives the same draft.
 */
import type { ArticleFields, Provenance } from '../article.js';
import { assemble } from '../assemble.js';
import type { Block, PageDraft, PageInput } from '../page.js';
import { readAuthors } from './author/authors.js';
import type { Run } from './body/blocks.js';
import { amended, type BodyResult, findBody } from './body/body.js';
import { bodyInData, type DataBody } from './body/data-body.js';
import type { Candidate, Verdict } from './candidate.js';
import { readDateline } from './date/dateline.js';
import { readDateFields } from './date/dates.js';
import type { ArticlePlace } from './date/place.js';
import { readAlternativeHeadline, readDescription } from './description.js';
import { readFiling } from './filing/filing.js';
import { readKeywords } from './filing/keywords.js';
import { readSections } from './filing/section.js';
import { type HeadlineVerdict, readHeadline } from './headline/headlines.js';
import { readAccess, readRobots, readTdm } from './kind/access.js';
import { type Box, findBoxes, readLiveBlog } from './kind/live-blog.js';
import { judgePage, type Signal } from './kind/verdict.js';
import { dateLanguages, readLanguage } from './language.js';
import { bodyRange, type Figure, readImages } from './media/media.js';
import { readVideos } from './media/videos.js';
import type { Document } from './page/tree.js';
import { readPublisher } from './publisher.js';
import { evidenceOf, headingsOf } from './site-evidence.js';
import { countWords } from './text/word-count.js';
import { fold } from './text/words.js';
import { collectWitnesses, type Witnesses, withTold } from './witnesses.js';

/** What stood for election for each field, best first: what `--explain` shows. */
export type Candidates = Readonly<Record<string, readonly Candidate<unknown>[]>>;

export function extractPage(document: Document, input: PageInput): PageDraft {
  return readPage(document, input).draft;
}

/** Everything that the fields are read from: made once per page, also by the scripts that learn weights. */
export interface Survey {
  readonly witnesses: Witnesses;
  readonly publisher: ReturnType<typeof readPublisher>;
  readonly headline: HeadlineVerdict | undefined;
  /** The body that the markup shows: what stands around it is judged by its place. */
  readonly shown: BodyResult;
  /** The article's body: the shown one, or the one that the page holds as data. */
  readonly body: BodyResult;
  readonly bodyFrom: 'markup' | DataBody['from'];
  /** Entries of a live blog. */
  readonly boxes: readonly Box[];
  readonly language: Verdict | undefined;
  readonly place: ArticlePlace;
}

export function surveyPage(document: Document, input: PageInput): Survey {
  const shownBy = collectWitnesses(document, input);
  const publisher = readPublisher(shownBy);
  const titled = readHeadline(shownBy, publisher.siteNames);
  const preamble = {
    headline: titled?.value,
    languagesOf: (text: string) => dateLanguages(readLanguage(shownBy, text)?.value, input.url),
  };
  const found = findBody(document, shownBy.base, preamble, input.lead?.content);
  const boxes = findBoxes(shownBy, titled?.value, found);
  const entries = { kept: boxes.flatMap(({ runs }) => runs), cut: boxes.flatMap(({ times }) => times) };
  const shown = boxes.length > 0 ? amended(found, entries, shownBy.base) : found;
  const inData = bodyInData(shownBy, shown, preamble);
  const { body, from: bodyFrom } = inData ?? { body: shown, from: 'markup' as const };
  const witnesses = inData?.told ? withTold(shownBy, inData.told) : shownBy;
  const headline = inData?.told ? readHeadline(witnesses, publisher.siteNames) : titled;
  const language = readLanguage(witnesses, body.articleBody ?? headline?.value);
  const { bodyStart, bodyEnd } = proseRange(shown);
  const headlineOrder = headline?.element?.order ?? shownAt(headline?.value, shown.runs);
  const languages = dateLanguages(language?.value, input.url);
  const place: ArticlePlace = { runs: shown.runs, languages, headline: headlineOrder, bodyStart, bodyEnd };
  return { witnesses, publisher, headline, shown, body, bodyFrom, boxes, language, place };
}

/** A draft with all that it was chosen from. */
export interface Explained {
  readonly draft: PageDraft;
  readonly candidates: Candidates;
  readonly body: BodyResult;
  /** Why it is an article or not. */
  readonly signals: readonly Signal[];
}

export function explainPage(document: Document, input: PageInput): Explained {
  const { verdicts, ...read } = readPage(document, input);
  const candidates = Object.entries(verdicts).map(([field, verdict]) => [field, verdict.candidates()] as const);
  return { ...read, candidates: Object.fromEntries(candidates) };
}

interface ReadPage extends Omit<Explained, 'candidates'> {
  readonly verdicts: Readonly<Record<string, Verdict<unknown>>>;
}

function readPage(document: Document, input: PageInput): ReadPage {
  const survey = surveyPage(document, input);
  const { witnesses, headline, shown, body, bodyFrom, language, place } = survey;
  const { siteNames } = survey.publisher;
  const ballot = new Ballot();
  const dates = readDateFields(witnesses, place);
  const inBody = bodyRange(shown.container, place.bodyStart, place.bodyEnd, headline?.element);
  const authors = readAuthors(witnesses, place, siteNames);
  const authorNames = (authors?.value ?? []).map(({ name }) => name);
  const { images, figures, captions } = readImages(witnesses, shown, {
    inBody,
    ...place,
    authors: authorNames,
    siteNames,
  });
  const isCaption = (order: number): boolean => captions.some((under) => under.order <= order && order <= under.end);
  const blocks = withFigures(
    body.blocks.map((block) =>
      counted(block, language?.value, block.kept && !(body === shown && isCaption(block.order))),
    ),
    body === shown ? figures : [],
  );
  const assembled = assemble(blocks, witnesses.base);
  const firstParagraph = body.articleBody?.slice(0, 400).split('\n')[0];
  const dateline = firstParagraph === undefined ? undefined : readDateline(firstParagraph, place.languages);

  ballot.put('headline', headline);
  const filing = readFiling(witnesses, place);
  const keywords = readKeywords(witnesses, headline?.value, [...siteNames, ...authorNames], filing);
  const description = readDescription(witnesses, {
    headline: headline?.value,
    articleBody: body.articleBody,
    siteNames,
  });
  ballot.put('alternativeHeadline', readAlternativeHeadline(witnesses, headline, description?.value));
  ballot.put('description', description);
  ballot.put('author', authors);
  ballot.put('datePublished', dates.published);
  ballot.put('dateModified', dates.modified);
  ballot.fact('dateline', dateline, 'text', 0.8);
  ballot.put(
    'articleSection',
    readSections(witnesses, place, headline?.value, siteNames, authorNames, keywords?.value ?? [], filing),
  );
  ballot.put('keywords', keywords);
  ballot.put('inLanguage', language);
  ballot.put('publisher', survey.publisher.verdict);
  ballot.fact('articleBody', assembled?.articleBody, bodyFrom, bodyConfidence(body.blocks));
  ballot.fact('articleHtml', assembled?.articleHtml, bodyFrom, bodyConfidence(body.blocks));
  ballot.list('image', images, 'markup', 0.8);
  ballot.list(
    'video',
    readVideos(witnesses, { inBody, ...place, ...(shown.container && { container: shown.container }) }),
    'markup',
    0.8,
  );
  ballot.fact('citation', assembled?.citation, bodyFrom, 0.9);
  const live = readLiveBlog(witnesses, survey.boxes, dates.published?.value);
  ballot.list('liveBlogUpdate', live.entries, live.from, 0.9);
  ballot.put('isAccessibleForFree', readAccess(witnesses, shown));
  ballot.fact('wordCount', assembled?.wordCount, 'text', 1);

  const { fields, provenance, verdicts } = ballot;
  const { verdict, signals } = judgePage({
    witnesses,
    siteNames,
    headline,
    shown,
    body,
    datePublished: dates.published,
    hasAuthor: fields.author !== undefined,
    hasEntries: fields.liveBlogUpdate !== undefined,
  });
  const tdmReservation = readTdm(witnesses);
  const draft: PageDraft = {
    url: input.url,
    ...(witnesses.canonicalUrl !== undefined && { canonicalUrl: witnesses.canonicalUrl }),
    verdict,
    fields,
    provenance,
    blocks,
    headings: headingsOf(witnesses),
    offsetByCountry: [
      ...(dates.published?.byCountry ? (['datePublished'] as const) : []),
      ...(dates.modified?.byCountry ? (['dateModified'] as const) : []),
    ],
    evidence: evidenceOf(witnesses, shown, dates, fields, verdict.isArticle, headline?.element),
    robots: readRobots(witnesses),
    ...(tdmReservation && { tdmReservation }),
  };
  return { draft, verdicts, body, signals };
}

/** No spread in it: with one a block would take fifty times as long to make. */
function counted(block: Omit<Block, 'words'>, language: string | undefined, kept: boolean): Block {
  const { text, html, group, path, fingerprint, order, score } = block;
  const words = countWords(text, language);
  return group
    ? { text, html, group, path, fingerprint, order, score, kept, words }
    : { text, html, path, fingerprint, order, score, kept, words };
}

/** Pictures take their places between the blocks. */
function withFigures(blocks: readonly Block[], figures: readonly Figure[]): readonly Block[] {
  if (figures.length === 0) return blocks;
  const placed = figures.map(
    ({ order, html }): Block => ({ text: '', words: 0, html, path: '', fingerprint: '', order, score: 1, kept: true }),
  );
  return [...blocks, ...placed].sort((a, b) => a.order - b.order);
}

/** Where the body's first and last paragraphs of prose stand: short lines kept by mistake must not move it. */
function proseRange({ runs, scores }: BodyResult): { bodyStart: number | undefined; bodyEnd: number | undefined } {
  const isProse = (run: Run): boolean => scores[run.index]! >= 0.5 && (run.words >= 12 || run.text.length >= 80);
  return { bodyStart: runs.find(isProse)?.texts[0]?.order, bodyEnd: runs.findLast(isProse)?.texts.at(-1)?.order };
}

/** Where a headline that no heading holds is shown. */
function shownAt(headline: string | undefined, runs: readonly Run[]): number | undefined {
  if (headline === undefined) return undefined;
  const folded = fold(headline);
  return runs.find(({ text }) => Math.abs(text.length - headline.length) < 12 && fold(text) === folded)?.texts[0]
    ?.order;
}

/** Collects the verdicts as fields, in the record's order, with their provenance. */
class Ballot {
  readonly fields: ArticleFields = {};
  readonly provenance: Record<string, Provenance> = {};
  readonly verdicts: Record<string, Verdict<unknown>> = {};

  put<T>(field: keyof ArticleFields, verdict: Verdict<T> | undefined): void {
    if (!verdict) return;
    this.verdicts[field] = verdict;
    this.fact(field, verdict.value, verdict.from, verdict.confidence);
  }

  fact(field: keyof ArticleFields, value: unknown, from: Provenance['from'], confidence: number): void {
    if (value === undefined) return;
    (this.fields as Record<string, unknown>)[field] = value;
    this.provenance[field] = { from, confidence };
  }

  list(field: keyof ArticleFields, values: readonly unknown[], from: Provenance['from'], confidence: number): void {
    if (values.length > 0) this.fact(field, values, from, confidence);
  }
}

/** How far the kept blocks' scores are from doubt, long blocks counting for more. */
function bodyConfidence(blocks: readonly { text: string; score: number; kept: boolean }[]): number {
  let sum = 0;
  let length = 0;
  for (const { text, score, kept } of blocks) {
    if (!kept) continue;
    sum += score * text.length;
    length += text.length;
  }
  return length === 0 ? 0 : Math.round((sum / length) * 100) / 100;
}
