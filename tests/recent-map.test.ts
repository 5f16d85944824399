import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RecentMap } from '../src/recent-map.js';

const sets = fc.array(fc.tuple(fc.integer({ min: 0, max: 30 }), fc.option(fc.integer(), { nil: undefined })), {
  maxLength: 200,
});

test('the keys that were set last are there with their newest values, and never more keys than there is room for', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 20 }), sets, (capacity, steps) => {
      const map = new RecentMap<number, number | undefined>(capacity);
      const newest = new Map<number, number | undefined>();
      for (const [key, value] of steps) {
        map.set(key, value);
        newest.delete(key);
        newest.set(key, value);
        const kept = [...newest.keys()].filter((each) => map.has(each));
        expect(kept.length).toBeLessThanOrEqual(capacity);
        expect(kept).toEqual(expect.arrayContaining([...newest.keys()].slice(-Math.floor(capacity / 2))));
        for (const each of kept) expect(map.get(each)).toBe(newest.get(each));
      }
    }),
  );
});

test('a key that was never set is not there', () => {
  const map = new RecentMap<string, number>(4);
  map.set('a', 1);
  expect(map.has('b')).toBe(false);
  expect(map.get('b')).toBeUndefined();
});
