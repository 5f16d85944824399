import { describe, expect, it } from 'vitest';
import { parseRetryAfter } from '../../src/fetch/retry-after.js';
import { robotsDirectives } from '../../src/fetch/robots-directives.js';
describe('Retry-After', () => {
    const now = Date.UTC(2017, 10, 23, 15, 0, 0);
    it.each([
        ['120', 120_000],
        [' 0 ', 0],
        ['1.5', 1500],
        ['Thu, 23 Nov 2017 15:02:00 GMT', 120_000],
        ['Thursday, 23-Nov-17 15:02:00 GMT', 120_000],
        ['Thu Nov 23 15:02:00 2017', 120_000],
        ['2017-11-23T18:02:00+03:00', 120_000],
        ['Thu, 23 Nov 2017 14:00:00 GMT', 0],
        ['99999999999999999999', 366 * 86_400_000],
    ])('%j is %d ms', (value, expected) => {
        expect(parseRetryAfter(value, now)).toBe(expected);
    });
    it.each([undefined, '', 'soon', '-5', '2017-'])('%j is none', (value) => {
        expect(parseRetryAfter(value, now)).toBeUndefined();
    });
});
describe('X-Robots-Tag', () => {
    it.each([
        [['noarchive'], ['noarchive']],
        [['NOINDEX, NoFollow'], ['noindex', 'nofollow']],
        [
            ['noindex', 'noarchive, noindex'],
            ['noindex', 'noarchive'],
        ],
        [['otherbot: noindex, nofollow'], []],
        [['tearsheet: noarchive, nofollow'], ['noarchive', 'nofollow']],
        [
            ['TearSheet: noarchive', 'otherbot: noindex', 'nofollow'],
            ['noarchive', 'nofollow'],
        ],
        [['noarchive, otherbot: noindex, tearsheet: nofollow'], ['noarchive', 'nofollow']],
        [['*: noindex'], ['noindex']],
        [
            ['unavailable_after: 25 Jun 2017 15:00:00 PST, noindex'],
            ['unavailable_after: 25 jun 2017 15:00:00 pst', 'noindex'],
        ],
        [
            ['unavailable_after: Saturday, 25 Jun 2017 15:00:00 GMT, noindex'],
            ['unavailable_after: saturday, 25 jun 2017 15:00:00 gmt', 'noindex'],
        ],
        [['max-snippet:-1, max-image-preview: large'], ['max-snippet:-1', 'max-image-preview: large']],
        [[' , ,'], []],
    ])('%j says %j', (values, expected) => {
        expect(robotsDirectives(values.map((value) => ['X-Robots-Tag', value]))).toEqual(expected);
    });
    it('is found in any case, among other fields', () => {
        expect(robotsDirectives([
            ['Content-Type', 'text/html'],
            ['x-robots-TAG', 'noarchive'],
        ])).toEqual(['noarchive']);
    });
});
