import { describe, expect, it } from 'vitest';
import { type LocaleNames, lexiconOf } from '../../../src/extract/date/lexicon.js';
import { ICU, LOCALE_NAMES } from '../../../src/extract/date/locale-names.js';
import { runtimeNames } from '../../../src/extract/date/runtime-names.js';

const TAGS = [...LOCALE_NAMES.matchAll(/<([^>]+)>/g)].map(([, tag]) => tag!);

/** Without what a lexicon adds to the names. */
function namesOf({ locale, months, weekdays, joints, halves, order, calendars, conjunction }: LocaleNames) {
  return {
    locale,
    months: Object.fromEntries(months),
    weekdays: [...weekdays].sort(),
    joints: [...joints].sort(),
    halves: Object.fromEntries(halves),
    order,
    calendars: [...calendars],
    conjunction,
  };
}

describe('names of dates that are written down', () => {
  it('are there for the languages of most pages, with the countries that write dates otherwise', () => {
    expect(TAGS).toEqual(
      expect.arrayContaining(['en', 'en-GB', 'de', 'de-AT', 'fr', 'es-MX', 'ru', 'zh-CN', 'ar-EG', 'ja']),
    );
    expect(new Set(TAGS).size).toBe(TAGS.length);
  });

  it('are those of the runtime', () => {
    const contradictions: string[] = [];
    // Of each line the last tag: the runtime takes long to say all.
    for (const [, tag = ''] of LOCALE_NAMES.matchAll(/<([^>]+)>\t/g)) {
      const written = namesOf(lexiconOf(tag)!);
      const runtime = namesOf(runtimeNames(tag)!);
      if (process.versions.icu === ICU) expect(written, tag).toEqual(runtime);
      // Another ICU may name a month otherwise; what both name is the same month.
      for (const [name, month] of Object.entries(runtime.months))
        if (month !== (written.months[name] ?? month)) contradictions.push(`${tag}: ${name}`);
    }
    expect(contradictions).toEqual([]);
  });
});
