/**
 * Which names are the authors'. In: all lines that name some. Out: the different lists of names, most likely first. A
 * linear model over what names each list; its weights are learned by `bench/learn-fields/authors.mjs`.
 */
import { fold } from '../words.js';
import type { Line, LineKind } from './collect.js';
import { isAccount, isHandle, isSiteName, kindOfName, type NameKind, writesAlong } from './names.js';

/** All lines that give the same names. */
export interface NameGroup {
  /** As the line of the greatest weight writes them; people alone where there are people. */
  readonly names: readonly string[];
  readonly kinds: ReadonlyMap<string, NameKind>;
  readonly members: readonly Line[];
  /** In the order of `AUTHOR_FEATURES`. */
  readonly features: readonly number[];
}

export const AUTHOR_FEATURES = [
  'linked',
  'creator',
  'metaStrong',
  'metaWeak',
  'property',
  'rel',
  'page',
  'byline',
  'text',
  'within',
  'dated',
  'signature',
  'bylineNear',
  'support',
  'echo',
  'site',
  'siteBesidePerson',
  'siteBesideOther',
  'organisation',
  'organisationBesidePerson',
  'account',
  'handle',
  'single',
  'two',
  'many',
  'fuller',
  'lessFull',
] as const;

type Feature = (typeof AUTHOR_FEATURES)[number];

/** Learned; see the head of this file. */
const WEIGHTS: Readonly<Record<Feature, number>> = {
  linked: 0.82,
  creator: -0.92,
  metaStrong: 0.46,
  metaWeak: 0.32,
  property: 1.14,
  rel: 0.03,
  page: 0.07,
  byline: 1.21,
  text: 1.09,
  within: -0.98,
  dated: 0.16,
  signature: 0.76,
  bylineNear: 0.55,
  support: 1.66,
  echo: 0.61,
  site: 0.71,
  siteBesidePerson: -0.04,
  siteBesideOther: -2.04,
  organisation: -0.53,
  organisationBesidePerson: -0.49,
  account: -0.36,
  handle: 0.89,
  single: -1.1,
  two: 0.08,
  many: 0.19,
  fuller: -0.09,
  lessFull: 0.19,
};

const MACHINE: ReadonlySet<LineKind> = new Set(['linked', 'creator', 'metaStrong', 'metaWeak']);

interface Draft {
  readonly names: readonly string[];
  readonly folded: ReadonlySet<string>;
  readonly kinds: ReadonlyMap<string, NameKind>;
  readonly members: Line[];
}

export function groupNames(lines: readonly Line[], siteNames: readonly string[]): NameGroup[] {
  const drafts = new Map<string, Draft>();
  const typed = new Map<string, NameKind>();
  for (const { kinds } of lines) for (const [name, kind] of kinds) typed.set(fold(name), kind);
  const kindOf = (name: string): NameKind => typed.get(fold(name)) ?? kindOfName(name, siteNames);
  for (const line of [...lines].sort((a, b) => b.weight - a.weight)) {
    const people = line.value.filter((name) => kindOf(name) === 'Person');
    // Agencies and desks write along; other organisations beside people are where these work.
    const names =
      people.length > 0 ? line.value.filter((name) => kindOf(name) === 'Person' || writesAlong(name)) : line.value;
    const key = names.map(fold).sort().join('|');
    const draft = drafts.get(key);
    if (draft) draft.members.push(line);
    else {
      const kinds = new Map(names.map((name) => [name, kindOf(name)]));
      drafts.set(key, { names, folded: new Set(names.map(fold)), kinds, members: [line] });
    }
  }
  const all = [...drafts.values()];
  return all.map((draft) => ({
    names: draft.names,
    kinds: draft.kinds,
    members: draft.members,
    features: featuresOf(draft, all, siteNames),
  }));
}

function featuresOf(draft: Draft, all: readonly Draft[], siteNames: readonly string[]): number[] {
  const { names, folded, members } = draft;
  const best = (kind: LineKind): number =>
    members.reduce((top, line) => (line.kind === kind ? Math.max(top, line.weight) : top), 0);
  const share = (test: (name: string) => boolean): number => names.filter(test).length / names.length;
  const others = all.filter((other) => other !== draft);
  const isShown = ({ members: lines }: Draft) =>
    lines.some(({ kind, weight }) => !MACHINE.has(kind) && kind !== 'within' && weight > 0.35);
  const organisations = share((name) => draft.kinds.get(name) === 'Organization');
  const besidePerson = others.some(
    (other) => isShown(other) && [...other.kinds].some(([name, kind]) => kind === 'Person' && name.includes(' ')),
  );
  // The site's linked data names it also above an agency's story.
  const besideOther = others.some(
    (other) =>
      other.members.some(({ kind, weight }) => !MACHINE.has(kind) && weight > 0.2) &&
      other.names.every((name) => name.includes(' ') && !isSiteName(name, siteNames)),
  );
  let echo = 0;
  for (const other of others) {
    const common = [...other.folded].filter((name) => folded.has(name)).length;
    if (common > 0) echo += (2 * common) / (folded.size + other.folded.size);
  }
  const values: Record<Feature, number> = {
    linked: best('linked'),
    creator: best('creator'),
    metaStrong: best('metaStrong'),
    metaWeak: best('metaWeak'),
    property: best('property'),
    rel: best('rel'),
    page: best('page'),
    byline: best('byline'),
    text: best('text'),
    within: best('within'),
    dated: best('dated'),
    signature: best('signature'),
    bylineNear: best('byline') > 0.5 ? 1 : 0,
    support: Math.min(1, new Set(members.map(({ kind }) => kind)).size / 4),
    echo: Math.min(1, echo / 2),
    site: share((name) => isSiteName(name, siteNames)),
    siteBesidePerson: besidePerson ? share((name) => isSiteName(name, siteNames)) : 0,
    siteBesideOther: besideOther ? share((name) => isSiteName(name, siteNames)) : 0,
    organisation: organisations,
    organisationBesidePerson: besidePerson ? organisations : 0,
    account: share(isAccount),
    handle: share(isHandle),
    single: share((name) => !name.includes(' ')),
    two: folded.size === 2 ? 1 : 0,
    many: folded.size > 2 ? Math.min(1, folded.size / 6) : 0,
    fuller: others.some((other) => isFuller(folded, other.folded)) ? 1 : 0,
    lessFull: others.some((other) => isFuller(other.folded, folded)) ? 1 : 0,
  };
  return AUTHOR_FEATURES.map((name) => values[name]);
}

/** "Jane Doe" is fuller than "Jane" and than "janedoe". */
function isFuller(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  if (one.size !== 1 || other.size !== 1) return false;
  const [name] = one;
  const [less] = other;
  if (name === undefined || less === undefined || name === less || !name.includes(' ')) return false;
  const letters = less.replace(/ /g, '');
  return name.split(' ').includes(less) || name.replace(/ /g, '') === letters;
}

/** Lists of names by the model, best first; `share` is the part of the votes that each gets against the others. */
export function rankNames(groups: readonly NameGroup[]): { group: NameGroup; share: number }[] {
  const scored = groups.map((group) => ({
    group,
    score: group.features.reduce((sum, value, i) => sum + value * WEIGHTS[AUTHOR_FEATURES[i]!], 0),
  }));
  scored.sort((a, b) => b.score - a.score);
  const total = scored.reduce((sum, { score }) => sum + Math.exp(score), 0);
  return scored.map(({ group, score }) => ({ group, share: Math.exp(score) / total }));
}
