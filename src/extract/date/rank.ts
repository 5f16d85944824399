/**
 * Which day is the one of publication. In: the candidates of one role. Out: their days, most likely first, with a
 * confidence. A linear model over what names each day; its weights are learned by `bench/learn-fields/dates.mjs`.
 */
import type { DateCandidate, DateKind } from './collect.js';
import { dayOf } from './moment.js';
import type { Role } from './places.js';

/** All candidates that name one day. */
export interface DayGroup {
  readonly day: string;
  readonly members: readonly DateCandidate[];
  /** In the order of `FEATURES`. */
  readonly features: readonly number[];
}

export const FEATURES = [
  'linked',
  'beside',
  'metaStrong',
  'metaWeak',
  'property',
  'url',
  'urlMonth',
  'lead',
  'time',
  'timeNear',
  'shown',
  'shownNear',
  'text',
  'textNear',
  'labelled',
  'state',
  'updatedMachine',
  'updatedShown',
  'besideMachine',
  'besideShown',
  'afterMachine',
  'beforeMachine',
  'afterUrl',
  'ambiguous',
  'hasTime',
  'earliest',
  'support',
  'linkedAndMeta',
  'machineAndUrl',
  'earliestMachine',
  'updateShown',
  'updateOnly',
  'afterUpdate',
  'sole',
  'closest',
  'firstShown',
  'prose',
] as const;

/** Learned; see the head of this file. */
const WEIGHTS: Readonly<Record<(typeof FEATURES)[number], number>> = {
  linked: -0.01,
  beside: -0.15,
  metaStrong: 1.06,
  metaWeak: 0.82,
  property: -0.19,
  url: 1.63,
  urlMonth: 0.6,
  lead: 0,
  time: 0.15,
  timeNear: -0.01,
  shown: 0.93,
  shownNear: 1.37,
  text: 1.33,
  textNear: 1.93,
  labelled: 0.24,
  state: 0,
  updatedMachine: 0.72,
  updatedShown: 0.19,
  besideMachine: -0.3,
  besideShown: -0.46,
  afterMachine: -0.14,
  beforeMachine: -1.26,
  afterUrl: -1.27,
  ambiguous: -0.51,
  hasTime: 1.11,
  earliest: -0.26,
  support: 1.44,
  linkedAndMeta: -0.57,
  machineAndUrl: -0.84,
  earliestMachine: 0.49,
  updateShown: 0.01,
  updateOnly: 0.02,
  afterUpdate: -1.29,
  sole: 0.47,
  closest: 1.67,
  firstShown: 0.4,
  prose: -0.51,
};

const DAY_MS = 86_400_000;

export function groupDays(all: readonly DateCandidate[], role: Role): DayGroup[] {
  const days = new Map<string, DateCandidate[]>();
  const updates = new Map<string, DateCandidate[]>();
  const months = new Set<string>();
  for (const candidate of all) {
    if (candidate.value.day === undefined) {
      if (candidate.kind === 'url') months.add(dayOf(candidate.value));
      continue;
    }
    const into = candidate.role === role ? days : updates;
    const day = dayOf(candidate.value);
    const members = into.get(day);
    if (members) members.push(candidate);
    else into.set(day, [candidate]);
  }
  const first = Math.min(...[...days.keys()].map((day) => Date.parse(day)));
  // The day of an update may be the one that the page shows.
  const alone =
    role === 'published' ? [...updates].filter(([day, members]) => !days.has(day) && isOnly(members, days)) : [];
  const { closest, firstShown } = seenFirst([...days, ...alone]);
  const machine = epochsOf(days, (candidate) => isLinked(candidate) || isStrongMeta(candidate));
  const visible = epochsOf(days, ({ kind, weight }) => kind === 'shown' && weight >= 0.42);
  const address = epochsOf(days, ({ kind }) => kind === 'url')[0];
  const isSeen = machine.length > 0 || address !== undefined;
  const lastUpdate = Math.max(...epochsOf(updates, (candidate) => !isShown(candidate)));
  // What the linked data, a `<meta>` and the address agree on.
  const certain = [...days]
    .filter(([, members]) => [isLinked, isStrongMeta, isAddress].every((test) => members.some(test)))
    .map(([day]) => Date.parse(day));
  // An update's day is not the day of publication where the page tells them apart so clearly.
  const isUpdate = (day: string) => updates.has(day) && certain.some((other) => other < Date.parse(day));
  const open = [...days, ...alone].filter(([day]) => !isUpdate(day));
  return open.map(([day, members]) => {
    const isAlone = !days.has(day);
    const top = strongestOf(members);
    const own = isAlone ? NOTHING : top;
    const { time, shown, text } = own;
    const epoch = Date.parse(day);
    const isMachine = machine.includes(epoch);
    const changed = updates.get(day);
    // Most articles are changed on their first day; a change behind a day that a machine names says nothing for its own.
    const isChanged = changed !== undefined && !isAlone && !machine.some((other) => other < epoch);
    const values: Record<(typeof FEATURES)[number], number> = {
      linked: own.linked,
      beside: own.beside,
      metaStrong: own.meta >= STRONG_META ? 1 : 0,
      metaWeak: own.weakMeta,
      property: own.property,
      url: own.url > 0 ? 1 : 0,
      urlMonth: months.has(day.slice(0, 7)) ? 1 : 0,
      lead: own.lead > 0 ? 1 : 0,
      time,
      timeNear: time >= 0.55 ? 1 : 0,
      shown,
      shownNear: shown >= 0.42 ? 1 : 0,
      text,
      textNear: text >= 0.38 ? 1 : 0,
      labelled: !isAlone && members.some(({ labelled, weight }) => labelled && weight > 0.2) ? 1 : 0,
      state: own.state,
      updatedMachine: isChanged ? 1 : 0,
      updatedShown: isChanged && changed!.some(isShown) ? 1 : 0,
      besideMachine: !isMachine && machine.some((other) => Math.abs(other - epoch) === DAY_MS) ? 1 : 0,
      besideShown: isMachine && visible.some((other) => Math.abs(other - epoch) === DAY_MS) ? 1 : 0,
      afterMachine: !isMachine && machine.some((other) => epoch - other > DAY_MS) ? 1 : 0,
      beforeMachine: !isMachine && machine.some((other) => other - epoch > DAY_MS) ? 1 : 0,
      afterUrl: address !== undefined && epoch - address > DAY_MS ? 1 : 0,
      ambiguous: members.every(({ ambiguous }) => ambiguous) ? 1 : 0,
      hasTime: members.some(({ value }) => value.hour !== undefined) ? 1 : 0,
      earliest: epoch === first ? 1 : 0,
      linkedAndMeta: !isAlone && members.some(isLinked) && members.some(isStrongMeta) ? 1 : 0,
      machineAndUrl: isMachine && members.some(({ kind }) => kind === 'url') ? 1 : 0,
      earliestMachine: isMachine && epoch === Math.min(...machine) ? 1 : 0,
      support: Math.min(1, new Set(members.map(({ kind }) => kind)).size / 4),
      updateShown: isAlone ? Math.max(top.shown, top.text) : 0,
      updateOnly: isAlone ? 1 : 0,
      afterUpdate: epoch - lastUpdate > DAY_MS ? 1 : 0,
      sole: isSeen ? 0 : own.sole,
      closest: !isSeen && closest === day ? 1 : 0,
      firstShown: !isSeen && firstShown === day ? 1 : 0,
      prose: !isSeen && !isAlone && members.every(({ share }) => share !== undefined && share < 0.15) ? 1 : 0,
    };
    return { day, members, features: FEATURES.map((name) => values[name]) };
  });
}

/** From this weight on a `<meta>` names publication in so many words. */
const STRONG_META = 0.8;
/** A date that is more of its line than this is told alone. */
const SOLE = 0.6;

type Strengths = Record<DateKind | 'weakMeta' | 'sole', number>;

const NOTHING: Strengths = {
  linked: 0,
  beside: 0,
  meta: 0,
  weakMeta: 0,
  property: 0,
  url: 0,
  lead: 0,
  time: 0,
  shown: 0,
  text: 0,
  state: 0,
  sole: 0,
};

/** The strongest witness of each kind. */
function strongestOf(members: readonly DateCandidate[]): Strengths {
  const top = { ...NOTHING };
  for (const { kind, weight, share } of members) {
    if (weight > top[kind]) top[kind] = weight;
    if (kind === 'meta' && weight < STRONG_META && weight > top.weakMeta) top.weakMeta = weight;
    if (share !== undefined && share > SOLE && weight > top.sole) top.sole = weight;
  }
  return top;
}

/** Lighter candidates stand far from the article. */
const MIN_NEAR = 0.2;

/** The days that a reader meets nearest to the headline, and first of all that are near. */
function seenFirst(days: Iterable<readonly [day: string, members: readonly DateCandidate[]]>) {
  let heaviest: DateCandidate | undefined;
  let first: DateCandidate | undefined;
  let [closest, firstShown]: [string?, string?] = [];
  for (const [day, members] of days) {
    for (const candidate of members) {
      const { order, weight } = candidate;
      if (order === undefined) continue;
      if (!heaviest || weight > heaviest.weight || (weight === heaviest.weight && order < heaviest.order!))
        [heaviest, closest] = [candidate, day];
      if (weight >= MIN_NEAR && (!first || order < first.order!)) [first, firstShown] = [candidate, day];
    }
  }
  return { closest, firstShown };
}

/** How much stronger a witness of an update is than all of publication where the page gives the update's day alone. */
const ONLY_BY = 3;

/** Whether the day of an update is the one day that the page shows: what else stands there is dates of other things. */
function isOnly(update: readonly DateCandidate[], days: ReadonlyMap<string, readonly DateCandidate[]>): boolean {
  const weight = Math.max(...update.map((candidate) => (isShown(candidate) ? candidate.weight : 0)));
  if (weight === 0) return false;
  for (const members of days.values())
    if (members.some((candidate) => candidate.labelled || candidate.weight * ONLY_BY > weight)) return false;
  return true;
}

const isShown = ({ kind }: DateCandidate): boolean => kind === 'shown' || kind === 'text';

const isLinked = ({ kind }: DateCandidate): boolean => kind === 'linked';
const isAddress = ({ kind }: DateCandidate): boolean => kind === 'url';
const isStrongMeta = ({ kind, weight }: DateCandidate): boolean => kind === 'meta' && weight >= STRONG_META;

function epochsOf(
  days: ReadonlyMap<string, readonly DateCandidate[]>,
  test: (candidate: DateCandidate) => boolean,
): number[] {
  return [...days].filter(([, members]) => members.some(test)).map(([day]) => Date.parse(day));
}

/** Days by the model; the share of the votes that a day gets against the others, and how good it is in itself. */
export function rankDays(days: readonly DayGroup[]): { group: DayGroup; confidence: number }[] {
  const scored = days.map((group) => ({
    group,
    score: group.features.reduce((sum, value, i) => sum + value * WEIGHTS[FEATURES[i]!], 0),
  }));
  scored.sort((a, b) => b.score - a.score || (a.group.day < b.group.day ? -1 : 1));
  const total = scored.reduce((sum, { score }) => sum + Math.exp(score), 0);
  return scored.map(({ group, score }) => {
    let doubt = 1;
    for (const weight of strongestByKind(group)) doubt *= 1 - Math.min(0.97, weight);
    return { group, confidence: (1 - doubt) * Math.sqrt(Math.exp(score) / total) };
  });
}

/** Witnesses of one kind copy from each other: the strongest of each counts. */
function strongestByKind({ members }: DayGroup): number[] {
  const byKind = new Map<string, number>();
  for (const { kind, weight } of members) byKind.set(kind, Math.max(byKind.get(kind) ?? 0, weight));
  return [...byKind.values()];
}
