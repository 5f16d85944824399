/**
 * The headline as a reader sees it. In: the witnesses. Out: the text over the article, without the site's name, the
 * section or the kicker. Never: a heading of a widget because it comes first.
 */
import type { Candidate, Verdict } from '../candidate.js';
import type { Elected } from '../election.js';
import type { Element } from '../page/tree.js';
import type { Witnesses } from '../witnesses.js';
import { collectTitles, type Title } from './collect.js';
import { groupTitles, rankTitles, type TitleGroup } from './rank.js';

export interface HeadlineVerdict extends Verdict {
  /** The element that shows it, where one does. */
  readonly element?: Element;
}

/** Candidates that are told; pages of lists have hundreds. */
const MAX_TOLD = 30;
/** Words in common above which an element shows the headline, if in other words. */
const ALIKE = 0.6;

export function readHeadline(witnesses: Witnesses, siteNames: readonly string[]): HeadlineVerdict | undefined {
  const ranked = rankTitles(groupTitles(collectTitles(witnesses, siteNames), witnesses.input.url));
  const best = ranked[0] && (knownInstead(ranked) ?? ranked[0]);
  if (!best) return undefined;
  const { members } = best.group;
  const strongest = heaviest(members);
  const element = shownBy(best.group, ranked);
  return {
    value: asShown(members),
    from: strongest.from,
    confidence: round(Math.min(0.99, Math.sqrt(best.share * Math.max(0.4, trust(members))))),
    candidates: () => toldOf(ranked),
    ...(element && { element }),
  };
}

/** Signs from which on a title is that of one page, and not the name of a part of the site. */
const MIN_OWN = 16;
const isTold = ({ kind }: Title): boolean =>
  kind === 'linked' || kind === 'og' || kind === 'title' || kind === 'titlePart';

/**
 * A heading of which nothing that machines are told knows a word is of the site or of a box, where another one is word
 * for word what they are told.
 */
function knownInstead(ranked: readonly Elected<TitleGroup>[]): Elected<TitleGroup> | undefined {
  const { members, folded } = ranked[0]!.group;
  if (members.some(isTold)) return undefined;
  const words = new Set(folded.split(' '));
  const told = ranked.filter(({ group }) => group.members.some(isTold));
  if (told.some(({ group }) => group.folded.split(' ').some((word) => words.has(word)))) return undefined;
  return told.find(
    ({ group }) =>
      group.folded.length >= MIN_OWN &&
      group.members.some(({ element, elsewhere }) => element !== undefined && elsewhere < 0.3),
  );
}

function toldOf(ranked: readonly Elected<TitleGroup>[]): Candidate[] {
  const told: Candidate[] = [];
  for (const { group, share } of ranked) {
    for (const { value, from, where, weight } of group.members) {
      if (told.length === MAX_TOLD) return told;
      told.push({ value, from, where, weight: round(weight * share) });
    }
  }
  return told;
}

/** Of the same words in different spellings, the visible one counts: capitals, quotes and dashes are the writer's. */
function asShown(members: readonly Title[]): string {
  const shown = members.filter(({ element }) => element !== undefined);
  return heaviest(shown.length > 0 ? shown : members).value;
}

const heaviest = (members: readonly Title[]): Title => members.reduce((a, b) => (b.weight > a.weight ? b : a));

/** Social titles may win; the article stands where their words are shown. */
function shownBy(group: TitleGroup, ranked: readonly Elected<TitleGroup>[]): Element | undefined {
  const own = group.members.filter(({ element }) => element !== undefined);
  if (own.length > 0) return heaviest(own).element;
  const words = new Set(group.folded.split(' '));
  for (const { group: other } of ranked) {
    const shown = other.members.filter(({ element, elsewhere }) => element !== undefined && elsewhere < 0.3);
    if (shown.length === 0) continue;
    const others = other.folded.split(' ');
    const common = others.filter((word) => words.has(word)).length;
    if (common / Math.max(words.size, others.length) > ALIKE) return heaviest(shown).element;
  }
  return undefined;
}

/** Witnesses of one kind copy from each other: the strongest of each counts. */
function trust(members: readonly Title[]): number {
  const byKind = new Map<string, number>();
  for (const { kind, weight } of members) byKind.set(kind, Math.max(byKind.get(kind) ?? 0, weight));
  let doubt = 1;
  for (const weight of byKind.values()) doubt *= 1 - weight;
  return 1 - doubt;
}

const round = (value: number): number => Math.round(value * 100) / 100;
