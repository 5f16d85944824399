/**
 * Which day is the one of publication. In: the candidates of one role. Out: their days, most likely first, with a
 * confidence. A linear model over what names each day; its weights are learned by `bench/learn-fields/dates.mjs`.
 */
import type { DateCandidate } from './collect.js';
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
] as const;

/** Learned; see the head of this file. */
const WEIGHTS: Readonly<Record<(typeof FEATURES)[number], number>> = {
  linked: -0.05,
  beside: -0.08,
  metaStrong: 0.92,
  metaWeak: 1.26,
  property: -0.08,
  url: 1.66,
  urlMonth: 0.42,
  lead: 0,
  time: 0.31,
  timeNear: 0.1,
  shown: 1.23,
  shownNear: 1.34,
  text: 1.72,
  textNear: 2.48,
  labelled: 0.35,
  state: 0,
  updatedMachine: 1.39,
  updatedShown: 0.55,
  besideMachine: -0.34,
  besideShown: -0.44,
  afterMachine: -0.45,
  beforeMachine: -0.9,
  afterUrl: -1.4,
  ambiguous: -0.62,
  hasTime: 0.94,
  earliest: -0.1,
  support: 1.48,
  linkedAndMeta: -0.82,
  machineAndUrl: -0.78,
  earliestMachine: 1.19,
};

const DAY_MS = 86_400_000;

export function groupDays(all: readonly DateCandidate[], role: Role): DayGroup[] {
  const days = new Map<string, DateCandidate[]>();
  const updates = new Map<string, boolean>();
  const months = new Set<string>();
  for (const candidate of all) {
    if (candidate.value.day === undefined) {
      if (candidate.kind === 'url') months.add(dayOf(candidate.value));
      continue;
    }
    const day = dayOf(candidate.value);
    if (candidate.role !== role) {
      const isShown = candidate.kind === 'shown' || candidate.kind === 'text';
      updates.set(day, (updates.get(day) ?? false) || isShown);
      continue;
    }
    const members = days.get(day);
    if (members) members.push(candidate);
    else days.set(day, [candidate]);
  }
  const first = Math.min(...[...days.keys()].map((day) => Date.parse(day)));
  const machine = epochsOf(days, (candidate) => isLinked(candidate) || isStrongMeta(candidate));
  const visible = epochsOf(days, ({ kind, weight }) => kind === 'shown' && weight >= 0.42);
  const address = epochsOf(days, ({ kind }) => kind === 'url')[0];
  // What the linked data, a `<meta>` and the address agree on.
  const certain = [...days]
    .filter(([, members]) => [isLinked, isStrongMeta, isAddress].every((test) => members.some(test)))
    .map(([day]) => Date.parse(day));
  // An update's day is not the day of publication where the page tells them apart so clearly.
  const isUpdate = (day: string) => updates.has(day) && certain.some((other) => other < Date.parse(day));
  const open = [...days].filter(([day]) => !isUpdate(day));
  return open.map(([day, members]) => {
    const best = (test: (candidate: DateCandidate) => boolean): number =>
      members.reduce((top, candidate) => (test(candidate) ? Math.max(top, candidate.weight) : top), 0);
    const time = best(({ kind }) => kind === 'time');
    const shown = best(({ kind }) => kind === 'shown');
    const text = best(({ kind }) => kind === 'text');
    const epoch = Date.parse(day);
    const isMachine = machine.includes(epoch);
    const values: Record<(typeof FEATURES)[number], number> = {
      linked: best(({ kind }) => kind === 'linked'),
      beside: best(({ kind }) => kind === 'beside'),
      metaStrong: best(({ kind, weight }) => kind === 'meta' && weight >= 0.8) ? 1 : 0,
      metaWeak: best(({ kind, weight }) => kind === 'meta' && weight < 0.8),
      property: best(({ kind }) => kind === 'property'),
      url: best(({ kind }) => kind === 'url') ? 1 : 0,
      urlMonth: months.has(day.slice(0, 7)) ? 1 : 0,
      lead: best(({ kind }) => kind === 'lead') ? 1 : 0,
      time,
      timeNear: time >= 0.55 ? 1 : 0,
      shown,
      shownNear: shown >= 0.42 ? 1 : 0,
      text,
      textNear: text >= 0.38 ? 1 : 0,
      labelled: members.some(({ labelled, weight }) => labelled && weight > 0.2) ? 1 : 0,
      state: best(({ kind }) => kind === 'state'),
      updatedMachine: updates.has(day) ? 1 : 0,
      updatedShown: updates.get(day) ? 1 : 0,
      besideMachine: !isMachine && machine.some((other) => Math.abs(other - epoch) === DAY_MS) ? 1 : 0,
      besideShown: isMachine && visible.some((other) => Math.abs(other - epoch) === DAY_MS) ? 1 : 0,
      afterMachine: !isMachine && machine.some((other) => epoch - other > DAY_MS) ? 1 : 0,
      beforeMachine: !isMachine && machine.some((other) => other - epoch > DAY_MS) ? 1 : 0,
      afterUrl: address !== undefined && epoch - address > DAY_MS ? 1 : 0,
      ambiguous: members.every(({ ambiguous }) => ambiguous) ? 1 : 0,
      hasTime: members.some(({ value }) => value.hour !== undefined) ? 1 : 0,
      earliest: epoch === first ? 1 : 0,
      linkedAndMeta: members.some(isLinked) && members.some(isStrongMeta) ? 1 : 0,
      machineAndUrl: isMachine && members.some(({ kind }) => kind === 'url') ? 1 : 0,
      earliestMachine: isMachine && epoch === Math.min(...machine) ? 1 : 0,
      support: Math.min(1, new Set(members.map(({ kind }) => kind)).size / 4),
    };
    return { day, members, features: FEATURES.map((name) => values[name]) };
  });
}

const isLinked = ({ kind }: DateCandidate): boolean => kind === 'linked';
const isAddress = ({ kind }: DateCandidate): boolean => kind === 'url';
const isStrongMeta = ({ kind, weight }: DateCandidate): boolean => kind === 'meta' && weight >= 0.8;

function epochsOf(
  days: ReadonlyMap<string, readonly DateCandidate[]>,
  test: (candidate: DateCandidate) => boolean,
): number[] {
  return [...days].filter(([, members]) => members.some(test)).map(([day]) => Date.parse(day));
}

/** Days by the model; the share of the votes that a day gets against the others, and how good it is in itself. */
export function rankDays(days: readonly DayGroup[], _role: Role): { group: DayGroup; confidence: number }[] {
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
