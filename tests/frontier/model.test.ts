import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LeasedLead } from '../../src/frontier/frontier.js';
import { SqliteFrontier } from '../../src/frontier/sqlite.js';
import { openState } from '../../src/state.js';
import { endings, leads, outcomes, urls } from './lead-pool.js';
import { ModelFrontier } from './model.js';

const instant = fc.nat({ max: 50 });
const index = fc.nat({ max: 20 });
const steps = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('put' as const), leads: fc.array(leads, { maxLength: 4 }) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('putEnded' as const),
      items: fc.array(fc.record({ lead: leads, outcome: endings }), { maxLength: 4 }),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('take' as const), limit: fc.integer({ min: 1, max: 3 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('takeThis' as const), lead: leads }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('free' as const), index, fromMs: instant }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('giveBack' as const), index, fromMs: instant }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('settle' as const),
      index,
      outcome: outcomes,
      next: fc.option(instant, { nil: undefined }),
      pageOf: fc.option(index, { nil: undefined, freq: 3 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('block' as const), index, outcome: outcomes }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('beginRun' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('knows' as const), url: urls }) },
);

test('does what one list of leads, searched from end to end, would do', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(steps, instant), { maxLength: 40 }), (sequence) => {
      const db = openState(':memory:');
      try {
        const frontier = new SqliteFrontier(db);
        const model = new ModelFrontier();
        const taken: LeasedLead[] = [];
        let runs = 0;
        const begin = (nowMs: number): void => {
          runs++;
          frontier.beginRun(`run ${runs}`, nowMs);
          model.beginRun(`run ${runs}`, nowMs);
        };
        begin(0);
        for (const [step, nowMs] of sequence) {
          const one = 'index' in step ? taken[step.index % (taken.length || 1)] : undefined;
          if (step.do === 'put') expect(frontier.put(step.leads)).toEqual(model.put(step.leads));
          else if (step.do === 'putEnded') {
            const urls = frontier.putEnded(step.items).map(({ lead }) => lead.url);
            expect(urls.sort()).toEqual(model.putEnded(step.items).sort());
          } else if (step.do === 'take') {
            const found = frontier.take(step.limit, 10, nowMs);
            expect(found.map(({ url }) => url)).toEqual(model.take(step.limit, 10, nowMs));
            taken.push(...found);
          } else if (step.do === 'takeThis') {
            const found = frontier.takeThis(step.lead);
            expect(found?.url).toBe(model.takeThis(step.lead));
            if (found) taken.push(found);
          } else if (step.do === 'beginRun') begin(nowMs);
          else if (step.do === 'knows') expect(frontier.idOf(step.url) !== undefined).toBe(model.knows(step.url));
          else if (one && step.do === 'free') {
            frontier.free(one.host, step.fromMs);
            model.free(one.host, step.fromMs);
          } else if (one && step.do === 'giveBack') {
            frontier.giveBack(one.id, one.host, step.fromMs);
            model.giveBack(one.url, step.fromMs);
          } else if (one && step.do === 'settle') {
            const next = step.next === undefined ? {} : { nextVisitMs: step.next };
            const first = step.pageOf === undefined ? undefined : taken[step.pageOf % taken.length];
            frontier.settle([{ id: one.id, outcome: step.outcome, ...next, ...(first && { pageOf: first.id }) }]);
            model.settle(one.url, step.outcome, step.next, first?.url);
          } else if (one && step.do === 'block')
            expect([...frontier.block(one.host, step.outcome)].sort()).toEqual(
              model.block(one.host, step.outcome).sort(),
            );
          expect(frontier.counts()).toMatchObject(model.counts());
          expect(frontier.nextDueMs()).toBe(model.nextDueMs());
        }
      } finally {
        db.close();
      }
    }),
    { numRuns: 300 },
  );
});
