/**
 * Which names are the authors'. In: all lines that name some. Out: the different lists of names, most likely first. A
 * linear model over what names each list; its weights are learned by `bench/learn-fields/authors.mjs`.
 */
import { type Elected, elect } from '../election.js';
import { fold } from '../text/words.js';
import { LINE_WEIGHTS, type Line, type LineKind } from './collect.js';
import { isAccount, isAgency, isHandle, isSiteName, kindOfName, type NameKind, writesAlong } from './names.js';

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
  'source',
  'bylineNear',
  'support',
  'echo',
  'site',
  'siteBesideSigner',
  'siteBesideAgency',
  'account',
  'handle',
  'single',
  'two',
  'many',
  'fuller',
  'lessFull',
  'agency',
  'agencyBesideSigner',
  'body',
  'bodyBesideSigner',
  'more',
  'moreThanTold',
  'fewer',
  'fewerThanTold',
  'unseen',
  'agencyBesideSite',
] as const;

type Feature = (typeof AUTHOR_FEATURES)[number];

/** Learned; see the head of this file. */
const WEIGHTS: Readonly<Record<Feature, number>> = {
  linked: 3.12,
  creator: -2.36,
  metaStrong: 3.42,
  metaWeak: 1.95,
  property: 0.17,
  rel: 1.01,
  page: 1.7,
  byline: 2.68,
  text: 2.22,
  within: 0.33,
  dated: 0.52,
  signature: -0.26,
  source: -0.57,
  bylineNear: 1.85,
  support: 5.54,
  echo: 1.11,
  site: -2.66,
  siteBesideSigner: -1.52,
  siteBesideAgency: -0.73,
  account: -0.22,
  handle: 1.74,
  single: -3.41,
  two: 1.03,
  many: 0.64,
  fuller: -0.59,
  lessFull: 0.03,
  agency: 0.15,
  agencyBesideSigner: 1.62,
  body: -2.53,
  bodyBesideSigner: -2.29,
  more: -0.17,
  moreThanTold: -1.06,
  fewer: -1.96,
  fewerThanTold: -1.3,
  unseen: -2.14,
  agencyBesideSite: -1.57,
};

const IN_ORDER = AUTHOR_FEATURES.map((name) => WEIGHTS[name]);

const MACHINE: ReadonlySet<LineKind> = new Set(['linked', 'creator', 'metaStrong', 'metaWeak']);

/** Lines that tell all authors at once. */
const TOLD: ReadonlySet<LineKind> = new Set(['linked', 'creator', 'metaStrong']);

/** So much of a line's weight near the article makes it a signature beyond doubt. */
const SIGNED = 0.6;
/** What is left of a line that names none but photographers, editors and translators. */
const OF_HELPERS = 0.3;
/** Lines that show who signs. */
const SIGNS: ReadonlySet<LineKind> = new Set(['property', 'rel', 'byline', 'text', 'dated', 'signature', 'source']);

/** A name of one word, where words are parted by spaces. */
const isSingle = (name: string): boolean =>
  !fold(name).includes(' ') &&
  !/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u.test(name);

interface Draft {
  readonly names: readonly string[];
  readonly folded: ReadonlySet<string>;
  readonly kinds: ReadonlyMap<string, NameKind>;
  readonly members: Line[];
}

/** A draft with what the others are compared by. */
interface Contender extends Draft {
  readonly isTold: boolean;
  readonly isShown: boolean;
  /** The site's name alone, in linked data. */
  readonly isLinkedSite: boolean;
  /** Who signs with it: people in full, or agencies alone. */
  readonly signers: 'people' | 'agencies' | undefined;
  /** How surely they do, 0 to 1. */
  readonly sign: number;
}

export function groupNames(
  lines: readonly Line[],
  siteNames: readonly string[],
  helpers: ReadonlySet<string>,
): NameGroup[] {
  const drafts = new Map<string, Draft>();
  const typed = new Map<string, NameKind>();
  for (const { kinds } of lines) for (const [name, kind] of kinds) typed.set(fold(name), kind);
  const known = new Map<string, NameKind>();
  const kindOf = (name: string): NameKind => {
    let kind = known.get(name);
    if (kind === undefined) {
      kind = typed.get(fold(name)) ?? kindOfName(name, siteNames);
      known.set(name, kind);
    }
    return kind;
  };
  const fullNames = fullNamesOf(lines, kindOf);
  for (const line of [...lines].sort((a, b) => b.weight - a.weight)) {
    const value = line.value.map((name) => fullNames.get(name) ?? name);
    const writers = value.filter((name) => !helpers.has(fold(name)));
    const given = writers.length > 0 ? writers : value;
    // Initials stand beside the paper whose they are.
    const people = given.filter((name) => kindOf(name) === 'Person' && !(line.kind === 'source' && isHandle(name)));
    // Agencies and desks write along; other organisations beside people are where these work.
    const names = people.length > 0 ? given.filter((name) => kindOf(name) === 'Person' || writesAlong(name)) : given;
    const key = names.map(fold).sort().join('|');
    const draft = drafts.get(key);
    if (draft) draft.members.push(line);
    else {
      const kinds = new Map(names.map((name) => [name, kindOf(name)]));
      drafts.set(key, { names, folded: new Set(names.map(fold)), kinds, members: [line] });
    }
  }
  const all = [...drafts.values()].map((draft): Contender => {
    const { names, folded, kinds, members } = draft;
    const isOfPeople = names.every(
      (name) => kinds.get(name) === 'Person' && !isSingle(name) && !helpers.has(fold(name)),
    );
    let sign = 0;
    for (const { kind, weight } of members) {
      if (SIGNS.has(kind)) sign = Math.max(sign, Math.min(1, weight / (SIGNED * LINE_WEIGHTS[kind])));
    }
    return {
      names,
      folded,
      kinds,
      members,
      isTold: members.some(({ kind }) => TOLD.has(kind)),
      isShown: members.some(({ kind, weight }) => !MACHINE.has(kind) && kind !== 'within' && weight > 0.2),
      isLinkedSite: members.some(({ kind }) => kind === 'linked') && names.every((name) => isSiteName(name, siteNames)),
      signers: isOfPeople ? 'people' : names.every(isAgency) ? 'agencies' : undefined,
      sign,
    };
  });
  return all.map((draft) => ({
    names: draft.names,
    kinds: draft.kinds,
    members: draft.members,
    features: featuresOf(draft, all, siteNames, helpers),
  }));
}

/** "jdoe", "jane.doe" and "JANE DOE", where one of all names is "Jane Doe": how they are called. */
function fullNamesOf(lines: readonly Line[], kindOf: (name: string) => NameKind): ReadonlyMap<string, string> {
  const people = [...new Set(lines.flatMap(({ value }) => value))].filter((name) => kindOf(name) === 'Person');
  const written = people.filter((name) => !isHandle(name) && /\p{Ll}/u.test(name));
  const full = new Map<string, string>();
  for (const name of people) {
    if (written.includes(name)) continue;
    const folded = fold(name);
    const same = written.find((other) => fold(other) === folded);
    const fuller = isHandle(name) ? written.filter((other) => isFuller(new Set([fold(other)]), new Set([folded]))) : [];
    if (same !== undefined) full.set(name, same);
    else if (new Set(fuller.map(fold)).size === 1) full.set(name, fuller[0]!);
  }
  return full;
}

/** In the order of `AUTHOR_FEATURES`. */
function featuresOf(
  draft: Contender,
  all: readonly Contender[],
  siteNames: readonly string[],
  helpers: ReadonlySet<string>,
): number[] {
  const { names, folded, members, kinds } = draft;
  const tops = noTops();
  const trust = MACHINE.has(members[0]!.kind) || !names.every((name) => helpers.has(fold(name))) ? 1 : OF_HELPERS;
  for (const { kind, weight } of members) tops[kind] = Math.max(tops[kind], trust * weight);
  const share = (test: (name: string) => boolean): number => {
    let count = 0;
    for (const name of names) if (test(name)) count++;
    return count / names.length;
  };
  // The site's linked data names it also above stories that others sign.
  let besideSigner = 0;
  let besideAgency = 0;
  let isBesideSite = false;
  let isBesideShown = false;
  for (const other of all) {
    if (other === draft) continue;
    if (other.signers === 'people') besideSigner = Math.max(besideSigner, other.sign);
    else if (other.signers === 'agencies') besideAgency = Math.max(besideAgency, other.sign);
    isBesideSite ||= other.isLinkedSite;
    isBesideShown ||= other.isShown;
  }
  let echo = 0;
  let fuller = false;
  let lessFull = false;
  let hasPart = false;
  let hasToldPart = false;
  let isPart = false;
  let isPartOfTold = false;
  for (const other of all) {
    if (other === draft) continue;
    let common = 0;
    for (const name of other.folded) if (folded.has(name)) common++;
    if (common > 0) {
      echo += (2 * common) / (folded.size + other.folded.size);
      if (common === other.folded.size && common < folded.size) {
        hasPart = true;
        hasToldPart ||= other.isTold;
      }
      if (common === folded.size && common < other.folded.size) {
        isPart = true;
        isPartOfTold ||= other.isTold;
      }
    } else {
      const isLonger = isFuller(folded, other.folded);
      const isShorter = isFuller(other.folded, folded);
      // The same person under a longer or shorter name.
      if (isLonger || isShorter) echo += 0.5;
      fuller ||= isLonger;
      lessFull ||= isShorter;
    }
  }
  const site = share((name) => isSiteName(name, siteNames));
  const agency = share((name) => isAgency(name) && !isSiteName(name, siteNames));
  const body = share((name) => kinds.get(name) === 'Organization' && !isAgency(name) && !isSiteName(name, siteNames));
  const account = share(isAccount);
  // What names the site, or the account that publishes for all, says nothing where a person signs.
  const faith = 1 - Math.max(site, account) * besideSigner;
  const best = (kind: LineKind): number => faith * tops[kind];
  let support = 0;
  for (const kind of kindsOf(members)) support += faith * Math.min(1, tops[kind] / 0.4);
  const isPerson = agency + body + site === 0;
  const isUntold = !draft.isTold;
  return [
    best('linked'),
    best('creator'),
    best('metaStrong'),
    best('metaWeak'),
    best('property'),
    best('rel'),
    best('page'),
    best('byline'),
    best('text'),
    best('within'),
    best('dated'),
    best('signature'),
    best('source'),
    best('byline') > 0.5 ? 1 : 0,
    Math.min(1, support / 4),
    Math.min(1, echo / 2),
    site,
    besideSigner * site,
    besideAgency * site,
    account,
    share((name) => kinds.get(name) === 'Person' && isHandle(name)),
    share((name) => kinds.get(name) === 'Person' && isSingle(name)),
    folded.size === 2 ? 1 : 0,
    folded.size > 2 ? Math.min(1, folded.size / 6) : 0,
    isPerson && fuller ? 1 : 0,
    isPerson && lessFull ? 1 : 0,
    agency,
    besideSigner * agency,
    body,
    besideSigner * body,
    isUntold && hasPart ? 1 : 0,
    isUntold && hasToldPart ? 1 : 0,
    isUntold && isPart ? 1 : 0,
    isUntold && isPartOfTold ? 1 : 0,
    !draft.isShown && isBesideShown ? 1 - site : 0,
    isBesideSite ? agency : 0,
  ];
}

const noTops = (): Record<LineKind, number> => ({
  linked: 0,
  creator: 0,
  metaStrong: 0,
  metaWeak: 0,
  property: 0,
  rel: 0,
  page: 0,
  byline: 0,
  text: 0,
  within: 0,
  dated: 0,
  signature: 0,
  source: 0,
});

const kindsOf = (members: readonly Line[]): ReadonlySet<LineKind> => new Set(members.map(({ kind }) => kind));

/** "Jane B. Doe" is fuller than "Jane", "Jane Doe", "janedoe" and "jdoe". */
function isFuller(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  if (one.size !== 1 || other.size !== 1) return false;
  const [name] = one;
  const [less] = other;
  if (name === undefined || less === undefined || name === less || !name.includes(' ')) return false;
  const words = name.split(' ');
  const letters = less.replace(/ /g, '');
  if (name.replace(/ /g, '') === letters || `${words[0]![0]}${words.at(-1)}` === letters) return true;
  let at = 0;
  for (const word of words) if (word === less.split(' ')[at]) at++;
  return at === less.split(' ').length;
}

/** Lists of names by the model, best first. */
export function rankNames(groups: readonly NameGroup[]): Elected<NameGroup>[] {
  return elect(groups, IN_ORDER);
}
