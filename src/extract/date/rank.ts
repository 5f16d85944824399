/**
 * Which day is the one of publication. In: the candidates of one role. Out: their days, most likely first, with a
 * confidence. A linear model over what names each day; its weights are learned by `bench/learn-fields/dates.mjs`.
 */
import { type Elected, elect } from '../election.js';
import type { DateCandidate, DateKind } from './collect.js';
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

const IN_ORDER = FEATURES.map((name) => WEIGHTS[name]);

const DAY_MS = 86_400_000;
/** From this weight on a `<meta>` names publication in so many words. */
const STRONG_META = 0.8;
/** From these weights on a date stands near the article. */
const TIME_NEAR = 0.55;
const SHOWN_NEAR = 0.42;
const TEXT_NEAR = 0.38;
/** A date that is more of its line than this is told alone. */
const SOLE = 0.6;
/** A date that is less of its line than this is told in prose. */
const PROSE = 0.15;
/** How much stronger a witness of an update is than all of publication where the page gives the update's day alone. */
const ONLY_BY = 3;
/** Lighter candidates stand far from the article. */
const MIN_NEAR = 0.2;

/** The strongest witness of each kind. */
type Strengths = Record<DateKind | 'weakMeta' | 'sole', number>;

const noStrengths = (): Strengths => ({
  linked: 0,
  beside: 0,
  meta: 0,
  weakMeta: 0,
  property: 0,
  url: 0,
  time: 0,
  shown: 0,
  text: 0,
  state: 0,
  sole: 0,
});
const NOTHING = noStrengths();

/** A day with all that is said of it; what no candidate says is 0, as none has no weight. */
class Day {
  readonly members: DateCandidate[] = [];
  readonly top = noStrengths();
  readonly epoch: number;
  heaviest = 0;
  kinds = 0;
  isLabelled = false;
  isLabelledNear = false;
  isAmbiguous = true;
  hasTime = false;
  isProse = true;
  /** Whether something else than what readers see says it. */
  isTold = false;

  constructor(readonly day: string) {
    this.epoch = Date.parse(day);
  }

  put(candidate: DateCandidate): void {
    const { kind, weight, share, labelled } = candidate;
    const { top } = this;
    this.members.push(candidate);
    if (top[kind] === 0) this.kinds++;
    if (weight > top[kind]) top[kind] = weight;
    if (kind === 'meta' && weight < STRONG_META && weight > top.weakMeta) top.weakMeta = weight;
    if (share !== undefined && share > SOLE && weight > top.sole) top.sole = weight;
    if (weight > this.heaviest) this.heaviest = weight;
    if (labelled) this.isLabelled = true;
    if (labelled && weight > 0.2) this.isLabelledNear = true;
    if (!candidate.ambiguous) this.isAmbiguous = false;
    if (candidate.value.hour !== undefined) this.hasTime = true;
    if (share === undefined || share >= PROSE) this.isProse = false;
    if (kind !== 'shown' && kind !== 'text') this.isTold = true;
  }

  get isLinked(): boolean {
    return this.top.linked > 0;
  }

  get isStrongMeta(): boolean {
    return this.top.meta >= STRONG_META;
  }

  get isAddress(): boolean {
    return this.top.url > 0;
  }

  get isMachine(): boolean {
    return this.isLinked || this.isStrongMeta;
  }

  /** How strong the strongest is that readers see. */
  get shown(): number {
    return Math.max(this.top.shown, this.top.text);
  }
}

/** Whether the page itself tells machines so. */
const isOfPage = ({ kind, weight, from }: DateCandidate): boolean =>
  kind === 'linked' || (kind === 'meta' && weight >= STRONG_META && from !== 'feed');

export function groupDays(all: readonly DateCandidate[], role: Role): DayGroup[] {
  const days = new Map<string, Day>();
  const updates = new Map<string, Day>();
  const months: string[] = [];
  for (const candidate of all) {
    const { day } = candidate;
    if (candidate.value.day === undefined) {
      if (candidate.kind === 'url') months.push(day);
      continue;
    }
    const into = candidate.role === role ? days : updates;
    let known = into.get(day);
    if (!known) {
      known = new Day(day);
      into.set(day, known);
    }
    known.put(candidate);
  }
  if (days.size === 0 && (updates.size === 0 || role !== 'published')) return [];
  let first = Number.POSITIVE_INFINITY;
  let address: number | undefined;
  /** The first day that the linked data, a `<meta>` and the address agree on. */
  let certain = Number.POSITIVE_INFINITY;
  const machine: number[] = [];
  const visible: number[] = [];
  let isStated = false;
  let isShownNear = false;
  for (const day of days.values()) {
    const { epoch, isAddress } = day;
    first = Math.min(first, epoch);
    if (day.isMachine) machine.push(epoch);
    if (day.isMachine && !isStated) isStated = day.members.some(isOfPage);
    if (day.top.shown >= SHOWN_NEAR || day.top.text >= TEXT_NEAR) isShownNear = true;
    if (day.top.shown >= SHOWN_NEAR) visible.push(epoch);
    if (isAddress) address ??= epoch;
    if (day.isLinked && day.isStrongMeta && isAddress) certain = Math.min(certain, epoch);
  }
  const firstMachine = Math.min(...machine);
  // A feed may tell when an article was listed: a day that readers see near the headline counts as if it told nothing.
  const isSeen = address !== undefined || (machine.length > 0 && (isStated || !isShownNear));
  let lastUpdate = Number.NEGATIVE_INFINITY;
  for (const { isTold, epoch } of updates.values()) if (isTold) lastUpdate = Math.max(lastUpdate, epoch);
  const open = [...days.values()];
  // The day of an update may be the one that the page shows.
  if (role === 'published')
    for (const update of updates.values()) if (!days.has(update.day) && isOnly(update, days)) open.push(update);
  const { closest, firstShown } = seenFirst(open);
  const groups: DayGroup[] = [];
  for (const one of open) {
    const { day, epoch, members, top } = one;
    const changed = updates.get(day);
    // An update's day is not the day of publication where the page tells them apart so clearly.
    if (changed && certain < epoch) continue;
    const isAlone = !days.has(day);
    const own = isAlone ? NOTHING : top;
    const isMachine = !isAlone && one.isMachine;
    // Most articles are changed on their first day; a change behind a day that a machine names says nothing for its own.
    const isChanged = changed !== undefined && !isAlone && !(firstMachine < epoch);
    const features = [
      own.linked,
      own.beside,
      own.meta >= STRONG_META ? 1 : 0,
      own.weakMeta,
      own.property,
      own.url > 0 ? 1 : 0,
      months.includes(day.slice(0, 7)) ? 1 : 0,
      own.time,
      own.time >= TIME_NEAR ? 1 : 0,
      own.shown,
      own.shown >= SHOWN_NEAR ? 1 : 0,
      own.text,
      own.text >= TEXT_NEAR ? 1 : 0,
      !isAlone && one.isLabelledNear ? 1 : 0,
      own.state,
      isChanged ? 1 : 0,
      isChanged && changed.shown > 0 ? 1 : 0,
      !isMachine && machine.some((other) => Math.abs(other - epoch) === DAY_MS) ? 1 : 0,
      isMachine && visible.some((other) => Math.abs(other - epoch) === DAY_MS) ? 1 : 0,
      !isMachine && epoch - firstMachine > DAY_MS ? 1 : 0,
      !isMachine && machine.some((other) => other - epoch > DAY_MS) ? 1 : 0,
      address !== undefined && epoch - address > DAY_MS ? 1 : 0,
      one.isAmbiguous ? 1 : 0,
      one.hasTime ? 1 : 0,
      epoch === first ? 1 : 0,
      Math.min(1, one.kinds / 4),
      !isAlone && one.isLinked && one.isStrongMeta ? 1 : 0,
      isMachine && one.isAddress ? 1 : 0,
      isMachine && epoch === firstMachine ? 1 : 0,
      isAlone ? one.shown : 0,
      isAlone ? 1 : 0,
      epoch - lastUpdate > DAY_MS ? 1 : 0,
      isSeen ? 0 : own.sole,
      !isSeen && closest === day ? 1 : 0,
      !isSeen && firstShown === day ? 1 : 0,
      !isSeen && !isAlone && one.isProse ? 1 : 0,
    ];
    groups.push({ day, members, features });
  }
  return groups;
}

/** The days that a reader meets nearest to the headline, and first of all that are near. */
function seenFirst(days: readonly Day[]) {
  let heaviest: DateCandidate | undefined;
  let first: DateCandidate | undefined;
  for (const { members } of days) {
    for (const candidate of members) {
      const { order, weight } = candidate;
      if (order === undefined) continue;
      if (!heaviest || weight > heaviest.weight || (weight === heaviest.weight && order < heaviest.order!))
        heaviest = candidate;
      if (weight >= MIN_NEAR && (!first || order < first.order!)) first = candidate;
    }
  }
  return { closest: heaviest?.day, firstShown: first?.day };
}

/** Whether the day of an update is the one day that the page shows: what else stands there is dates of other things. */
function isOnly(update: Day, days: ReadonlyMap<string, Day>): boolean {
  const weight = update.shown;
  if (weight === 0) return false;
  for (const { isLabelled, heaviest } of days.values()) if (isLabelled || heaviest * ONLY_BY > weight) return false;
  return true;
}

/** Days by the model, best first. */
export function rankDays(days: readonly DayGroup[]): Elected<DayGroup>[] {
  return elect(days, IN_ORDER, (a, b) => (a.day < b.day ? -1 : 1));
}

/** How far a day is believed: by its share of the votes, and by how good it is in itself. */
export function confidenceIn({ group, share }: Elected<DayGroup>): number {
  // Witnesses of one kind copy from each other: the strongest of each counts.
  const byKind = new Map<DateKind, number>();
  for (const { kind, weight } of group.members) byKind.set(kind, Math.max(byKind.get(kind) ?? 0, weight));
  let doubt = 1;
  for (const weight of byKind.values()) doubt *= 1 - Math.min(0.97, weight);
  return (1 - doubt) * Math.sqrt(share);
}
