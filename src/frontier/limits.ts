/**
 * The limits of a crawl as a whole, over all hosts: requests a second, and the hours in which requests may start. In:
 * a request that could go out. Out: the moment when it may. What is under way is never cut off.
 */
import type { WaitReason } from '../events.js';
import type { Settings } from '../settings.js';
import { nowMs, pause } from './time.js';

export type LimitSettings = Partial<Pick<Settings, 'maxRequestsPerSecond' | 'onlyBetween' | 'timeZone'>>;

/** So often the clock is looked at while waiting for an hour: it may be set, and summer time begins and ends. */
const MAX_SLEEP_MS = 5 * 60_000;
/** Clocks that are apart by less speak of one instant. */
const SAME_MS = 60_000;
const DAY_MS = 86_400_000;

export class Limits {
  readonly #spacingMs: number;
  readonly #hours: { readonly fromMs: number; readonly toMs: number } | undefined;
  readonly #clock: Intl.DateTimeFormat | undefined;
  readonly #onWait: (untilMs: number, why: WaitReason) => void;
  /** When the next request may start, by `nowMs`. */
  #nextStartMs = 0;
  /** Until when it was told that the hours are closed. */
  #toldClosedMs = Number.NEGATIVE_INFINITY;

  /** `onWait` gets instants of `nowMs`. */
  constructor(settings: LimitSettings, onWait: (untilMs: number, why: WaitReason) => void) {
    this.#spacingMs = settings.maxRequestsPerSecond ? 1000 / settings.maxRequestsPerSecond : 0;
    this.#hours = settings.onlyBetween === undefined ? undefined : parseHours(settings.onlyBetween);
    if (this.#hours) this.#clock = clockOf(settings.timeZone);
    this.#onWait = onWait;
  }

  /** Resolves when a request may start, or when the signal comes. */
  async pass(signal: AbortSignal | undefined): Promise<void> {
    for (;;) {
      const closedMs = this.closedForMs(Date.now());
      if (closedMs > 0) {
        this.#tellClosed(nowMs() + closedMs);
        await pause(Math.min(closedMs, MAX_SLEEP_MS), signal);
      } else {
        if (this.#spacingMs === 0) return;
        const atMs = Math.max(nowMs(), this.#nextStartMs);
        this.#nextStartMs = atMs + this.#spacingMs;
        this.#onWait(atMs, 'max-rate');
        while (nowMs() < atMs && !signal?.aborted) await pause(atMs - nowMs(), signal);
        // A slow rate may have led out of the hours.
        if (this.closedForMs(Date.now()) === 0) return;
      }
      if (signal?.aborted) return;
    }
  }

  /** Once for all who wait, however often they look. */
  #tellClosed(untilMs: number): void {
    if (Math.abs(untilMs - this.#toldClosedMs) < SAME_MS) return;
    this.#toldClosedMs = untilMs;
    this.#onWait(untilMs, 'only-between');
  }

  /** How long until requests may start, milliseconds; 0 within the hours. */
  closedForMs(epochMs: number): number {
    if (!this.#hours || !this.#clock) return 0;
    const { fromMs, toMs } = this.#hours;
    const now = timeOfDayMs(this.#clock, epochMs);
    const isOpen = fromMs < toMs ? now >= fromMs && now < toMs : now >= fromMs || now < toMs;
    return isOpen ? 0 : (fromMs - now + DAY_MS) % DAY_MS;
  }
}

/** `22:00-06:00`, checked by the settings' schema. */
function parseHours(text: string): { fromMs: number; toMs: number } {
  const [from = 0, to = 0] = text.split('-').map((time) => {
    const [hours = 0, minutes = 0] = time.split(':').map(Number);
    return (hours * 60 + minutes) * 60_000;
  });
  return { fromMs: from, toMs: to };
}

function clockOf(timeZone: string | undefined): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    ...(timeZone !== undefined && { timeZone }),
  });
}

function timeOfDayMs(clock: Intl.DateTimeFormat, epochMs: number): number {
  const [hours = 0, minutes = 0, seconds = 0] = clock.format(epochMs).split(':').map(Number);
  return ((hours * 60 + minutes) * 60 + seconds) * 1000 + (epochMs % 1000);
}
