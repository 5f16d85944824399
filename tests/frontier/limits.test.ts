import { describe, expect, it } from 'vitest';
import type { WaitReason } from '../../src/events.js';
import { Lanes } from '../../src/frontier/lanes.js';
import { Limits } from '../../src/frontier/limits.js';
import { settingsSchema } from '../../src/settings.js';

const silent = () => {};

describe('hours', () => {
  const waitAt = (onlyBetween: string, timeZone: string, instant: string): number =>
    new Limits({ onlyBetween, timeZone }, silent).closedForMs(Date.parse(instant)) / 60_000;

  it.each([
    // Over midnight, in a zone three hours ahead of UTC.
    ['22:00-06:00', 'Europe/Minsk', '2017-11-23T18:59:00Z', 1],
    ['22:00-06:00', 'Europe/Minsk', '2017-11-23T19:00:00Z', 0],
    ['22:00-06:00', 'Europe/Minsk', '2017-11-23T21:00:00Z', 0],
    ['22:00-06:00', 'Europe/Minsk', '2017-11-24T02:59:59Z', 0],
    ['22:00-06:00', 'Europe/Minsk', '2017-11-24T03:00:00Z', 16 * 60],
    // Within one day.
    ['9:30-17:00', 'UTC', '2017-11-23T09:29:30Z', 0.5],
    ['9:30-17:00', 'UTC', '2017-11-23T16:59:59Z', 0],
    ['9:30-17:00', 'UTC', '2017-11-23T17:00:00Z', 16.5 * 60],
    // A zone with half hours.
    ['01:00-02:00', 'Asia/Kolkata', '2017-11-23T19:29:00Z', 1],
    ['01:00-02:00', 'Asia/Kolkata', '2017-11-23T19:30:00Z', 0],
    // Summer time began at 01:00 UTC: two o'clock did not come, half past three is half past one UTC.
    ['03:00-05:00', 'Europe/Berlin', '2017-03-26T00:59:59Z', 60 + 1 / 60],
    ['03:00-05:00', 'Europe/Berlin', '2017-03-26T01:00:00Z', 0],
  ])('%s in %s at %s let a request start in %d minutes', (hours, zone, instant, minutes) => {
    expect(waitAt(hours, zone, instant)).toBeCloseTo(minutes, 6);
  });

  it('are the local ones where no zone is named', () => {
    const now = new Date(2017, 10, 23, 12, 30).getTime();
    expect(new Limits({ onlyBetween: '12:00-13:00' }, silent).closedForMs(now)).toBe(0);
    expect(new Limits({ onlyBetween: '12:31-13:00' }, silent).closedForMs(now)).toBe(60_000);
  });

  it('that are not now hold every host back until the signal comes, and are told once', async () => {
    const hour = new Date(Date.now() + 7_200_000).getUTCHours();
    const two = (value: number) => String(value % 24).padStart(2, '0');
    const waits: [string | undefined, number, WaitReason][] = [];
    const lanes = new Lanes(
      settingsSchema.parse({ delayMs: 0, onlyBetween: `${two(hour)}:00-${two(hour + 1)}:00`, timeZone: 'UTC' }),
      { onWait: (...wait) => waits.push(wait) },
    );
    const abort = new AbortController();
    const entering = ['https://a.example', 'https://b.example'].map((host) => lanes.enter(host, abort.signal));
    setTimeout(() => abort.abort(), 50);
    for (const answer of await Promise.all(entering))
      expect(answer).toMatchObject({ outcome: { reason: 'interrupted' } });
    expect(waits).toEqual([[undefined, expect.any(Number), 'only-between']]);
    expect(new Date(waits[0]![1] + 500).getUTCHours()).toBe(hour % 24);
  });

  it.each(['22-06', '24:00-06:00', '22:60-06:00', '22:00', '06:00-06:00', 'night'])(
    'such as %s are refused',
    (hours) => {
      expect(settingsSchema.safeParse({ onlyBetween: hours }).success).toBe(false);
    },
  );

  it('in a zone that nobody knows are refused', () => {
    expect(settingsSchema.safeParse({ timeZone: 'Europe/Atlantis' }).error?.issues[0]?.message).toMatch(
      /IANA time zone/,
    );
  });
});

describe('requests a second', () => {
  it('are no more than allowed, over all hosts', async () => {
    const lanes = new Lanes(settingsSchema.parse({ delayMs: 0, maxRequestsPerSecond: 20 }));
    const starts: number[] = [];
    const begun = performance.now();
    await Promise.all(
      Array.from({ length: 8 }, async (_, index) => {
        const answer = await lanes.enter(`https://h${index}.example`);
        if ('outcome' in answer) throw new Error(answer.outcome.reason);
        starts.push(performance.now());
        answer.leave({ status: 200, elapsedMs: 1 });
      }),
    );
    // However late each is seen, none may be early.
    for (const [index, start] of starts.entries()) expect(start - begun).toBeGreaterThanOrEqual(index * 50);
  });

  it('that are few are told as a wait for all hosts', async () => {
    const waits: unknown[] = [];
    const lanes = new Lanes(settingsSchema.parse({ delayMs: 0, maxRequestsPerSecond: 0.1 }), {
      onWait: (host, _untilMs, why) => waits.push([host, why]),
    });
    await lanes.enter('https://a.example');
    const abort = new AbortController();
    const second = lanes.enter('https://b.example', abort.signal);
    setTimeout(() => abort.abort(), 50);
    expect(await second).toMatchObject({ outcome: { reason: 'interrupted' } });
    expect(waits).toEqual([[undefined, 'max-rate']]);
  });
});
