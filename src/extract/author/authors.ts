/**
 * Who wrote the article. In: the witnesses and where the article stands. Out: people, or where none signs the
 * organisation that does, each with the address of their page where the page links it. Never: the site's name where a
 * person signs, a job title.
 */
import type { Verdict } from '../candidate.js';
import type { ArticlePlace } from '../date/place.js';
import { fold } from '../text/words.js';
import type { Witnesses } from '../witnesses.js';
import { collectAuthors } from './collect.js';
import { forgetNames, isStation, kindOfName, type NameKind } from './names.js';
import { groupNames, type NameGroup, rankNames } from './rank.js';

export interface Author {
  readonly '@type': NameKind;
  readonly name: string;
  readonly url?: string;
}

export interface AuthorVerdict extends Verdict<readonly Author[]> {}

export function readAuthors(
  witnesses: Witnesses,
  place: ArticlePlace,
  siteNames: readonly string[],
): AuthorVerdict | undefined {
  const names = [...siteNames, ...titleParts(witnesses.title)];
  const { lines, addresses, helpers } = collectAuthors(witnesses, place, siteNames);
  const ranked = rankNames(groupNames(lines, names, helpers));
  const best = ranked[0];
  const toAuthor = (name: string, kind?: NameKind): Author => {
    const url = addresses.get(fold(name));
    // Beside a person it does not stand back as other organisations do: it is told apart here alone.
    const type = isStation(name, siteNames) ? 'Organization' : (kind ?? kindOfName(name, siteNames));
    return { '@type': type, name, ...(url !== undefined && { url }) };
  };
  const value = best?.group.names.map((name) => toAuthor(name, best.group.kinds.get(name)));
  forgetNames();
  if (!best || !value) return undefined;
  const strongest = best.group.members[0]!;
  return {
    value,
    from: strongest.from,
    confidence: round(Math.min(0.99, trust(best.group) * Math.sqrt(best.share))),
    candidates: () =>
      ranked.flatMap(({ group, share }) =>
        group.members.map(({ value, from, where, weight }) => ({
          value: value.map((name) => toAuthor(name, group.kinds.get(name))),
          from,
          where,
          weight: round(weight * share),
        })),
      ),
  };
}

/** What stands in the page's title beside the headline is mostly the site's name. */
export function titleParts(title: string | undefined): string[] {
  const parts = title?.split(/\s+[|–—\-·•»«:]\s+|\s*\|\s*/) ?? [];
  return parts.length > 1 ? parts.filter((part) => part.length < 50) : [];
}

/** Witnesses of one kind copy from each other: the strongest of each counts. */
function trust({ members }: NameGroup): number {
  const byKind = new Map<string, number>();
  for (const { kind, weight } of members) byKind.set(kind, Math.max(byKind.get(kind) ?? 0, weight));
  let doubt = 1;
  for (const weight of byKind.values()) doubt *= 1 - Math.min(0.95, weight);
  return 1 - doubt;
}

const round = (value: number): number => Math.round(value * 100) / 100;
