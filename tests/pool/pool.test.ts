/** The pool: pages through threads, and what becomes of those that are under way when it is closed. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createPool, PageFailure } from '../../src/pool/pool.js';

const PAGES = Array.from({ length: 12 }, (_, number) => ({
  url: `https://example.org/${number}`,
  body: `<html lang=en><head><title>Story ${number}</title></head><body><article><h1>Story ${number}</h1>${'<p>The council met again on Monday, and nothing was said of the bridge.</p>'.repeat(number + 1)}<a href="/next">Next</a></article></body></html>`,
  links: true,
}));

describe('the pool', () => {
  it('gives from its threads what the calling thread reads', async () => {
    const threads = createPool({ workers: 2 });
    const here = createPool({ workers: 0 });
    try {
      const read = await Promise.all(PAGES.map((page) => threads.read(page)));
      expect(read).toEqual(await Promise.all(PAGES.map((page) => here.read(page))));
      expect(read.map(({ draft }) => draft.fields.headline)).toEqual(PAGES.map((_, number) => `Story ${number}`));
    } finally {
      await threads.close();
      await here.close();
    }
  });

  it('reads bytes that it moves, and those that share their memory with others', async () => {
    const pool = createPool({ workers: 1 });
    const [page] = PAGES;
    const large = Buffer.from(page!.body.padEnd(100_000));
    const small = Buffer.from(page!.body);
    const beside = Buffer.from('untouched');
    try {
      for (const body of [large, small])
        expect((await pool.read({ ...page!, body })).draft.fields.headline).toBe('Story 0');
      expect(beside.toString()).toBe('untouched');
    } finally {
      await pool.close();
    }
  });

  it('loses the page alone that a thread dies of, not the one that lies ready behind it', async () => {
    const pool = createPool({ workers: 1, maxWorkerHeapMb: 64 });
    const [page, next] = PAGES;
    // As bytes, which are moved with their whole memory, and as text.
    const body = Buffer.from(next!.body.padEnd(100_000));
    const deadly = { ...page!, body: `${'<p>Many words, one by one.</p>'.repeat(2_000_000)}` };
    try {
      const read = await Promise.allSettled([deadly, { ...next!, body }, next!].map((task) => pool.read(task)));
      expect(read.map((one) => (one.status === 'fulfilled' ? one.value.draft.fields.headline : undefined))).toEqual([
        undefined,
        'Story 1',
        'Story 1',
      ]);
    } finally {
      await pool.close();
    }
  }, 60_000);

  it('turns away what waits when it is closed, and all that comes later', async () => {
    const pool = createPool({ workers: 1 });
    const read = PAGES.map((page) =>
      pool.read(page).then(
        () => 'read',
        (error: unknown) => error,
      ),
    );
    await pool.close();
    for (const outcome of await Promise.all(read)) expect(outcome).toBeInstanceOf(PageFailure);
    await expect(pool.read(PAGES[0]!)).rejects.toThrow('the pool is closed');
  });

  it('closes also where an answer is on its way: who waits for that is not left alone', async () => {
    // Nothing but the pool keeps this process: without it, it would end in the middle, with code 13.
    const script = `
      import { createPool } from ${JSON.stringify(new URL('../../dist/pool/pool.js', import.meta.url).href)};
      const page = ${JSON.stringify(PAGES[3])};
      for (let round = 0; round < 30; round++) {
        const pool = createPool({ workers: 1 });
        await pool.read(page);
        const read = pool.read(page).catch(() => {});
        // The thread has most likely answered, and this one has not yet looked.
        for (const until = performance.now() + round; performance.now() < until; );
        await pool.close();
        await read;
      }
      console.log('closed');`;
    const folder = mkdtempSync(join(tmpdir(), 'tearsheet-pool-'));
    const file = join(folder, 'close.mjs');
    writeFileSync(file, script);
    const { stdout } = await promisify(execFile)(process.execPath, [file]).finally(() =>
      rmSync(folder, { recursive: true }),
    );
    expect(stdout).toBe('closed\n');
  }, 60_000);
});
