import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { GRACE_MS, type Retainable, type RetentionPolicy, retain } from './retention.ts';

const NOW = new Date('2026-11-28T12:00:00.000Z');
const DAY_MS = 86_400_000;

const backup = fc.record({
  ageMs: fc.integer({ min: 0, max: 400 * DAY_MS }),
  kind: fc.constantFrom('manual', 'deployed', 'no-go', 'unfinished', 'unusable'),
});
const backups = fc.array(backup, { maxLength: 60 }).map((all) =>
  all.map(({ ageMs, kind }, index): Retainable => {
    const at = new Date(NOW.getTime() - ageMs).toISOString();
    const id = String(index).padStart(3, '0');
    if (kind === 'unusable') return { id, at, usable: false };
    const outcome = kind === 'deployed' || kind === 'no-go' ? kind : null;
    return { id, at, usable: true, deployment: kind === 'manual' ? null : id, outcome };
  }),
);
const policies = fc.record({
  last: fc.integer({ min: 1, max: 12 }),
  daily: fc.nat({ max: 10 }),
  weekly: fc.nat({ max: 6 }),
  monthly: fc.nat({ max: 6 }),
});

const kept = (all: Retainable[], policy: RetentionPolicy, wayBack?: string) => {
  const ids = new Set(
    retain(all, policy, { now: NOW, wayBack }).flatMap(({ id, reasons }) => (reasons.length > 0 ? [id] : [])),
  );
  return all.filter(({ id }) => ids.has(id));
};
const usableOf = (all: Retainable[]) => all.filter((each) => each.usable);
const newest = (all: readonly Retainable[]) =>
  all.toSorted((a, b) => b.at.localeCompare(a.at) || b.id.localeCompare(a.id));
const periods = (all: readonly Retainable[], length: number) => [
  ...new Set(newest(all).map(({ at }) => at.slice(0, length))),
];

describe('retention', () => {
  test('never goes below the policy', () => {
    fc.assert(
      fc.property(backups, policies, (all, policy) => {
        const [before, after] = [usableOf(all), usableOf(kept(all, policy))];
        expect(newest(after).slice(0, policy.last)).toEqual(newest(before).slice(0, policy.last));
        expect(periods(after, 10)).toEqual(
          expect.arrayContaining(periods(before, 10).slice(0, policy.daily)),
        );
        expect(periods(after, 7)).toEqual(
          expect.arrayContaining(periods(before, 7).slice(0, policy.monthly)),
        );
      }),
    );
  });

  test('never takes the newest usable one nor a way back', () => {
    expect.hasAssertions();
    fc.assert(
      fc.property(backups, policies, fc.nat({ max: 59 }), (all, policy, index) => {
        const wayBack = all[index]?.id;
        const after = kept(all, policy, wayBack).map(({ id }) => id);
        const usable = newest(all).flatMap((each) => (each.usable ? [each] : []));
        const deployed = usable.findIndex(({ outcome }) => outcome === 'deployed');
        const since = deployed === -1 ? usable : usable.slice(0, deployed + 1);
        const must = since.filter(
          ({ outcome, deployment }, position) =>
            position === 0 || outcome === 'deployed' || (deployment !== null && outcome === null),
        );
        const ids = [...must.map(({ id }) => id), ...(wayBack === undefined ? [] : [wayBack])];
        expect(after).toEqual(expect.arrayContaining(ids));
      }),
    );
  });

  test('takes what is unusable after a week, and takes nothing more when it is asked again', () => {
    fc.assert(
      fc.property(backups, policies, (all, policy) => {
        const after = kept(all, policy);
        for (const each of all.filter(({ usable }) => !usable))
          expect(after.includes(each)).toBe(NOW.getTime() - Date.parse(each.at) < GRACE_MS);
        expect(kept(after, policy)).toEqual(after);
      }),
    );
  });

  test('keeps the newest of each day, week and month, and says so', () => {
    const days = Array.from(
      { length: 70 },
      (_, index): Retainable => ({
        id: String(index).padStart(2, '0'),
        at: new Date(NOW.getTime() - index * DAY_MS).toISOString(),
        usable: true,
        deployment: null,
        outcome: null,
      }),
    );
    const decided = retain(
      days,
      { last: 1, daily: 3, weekly: 3, monthly: 3 },
      { now: NOW, wayBack: undefined },
    );
    expect(decided.filter(({ reasons }) => reasons.length > 0)).toEqual([
      {
        id: '00',
        reasons: [
          'the newest',
          'one of the last 1',
          'the day 2026-11-28',
          'the week 2026-11-23',
          'the month 2026-11',
        ],
      },
      { id: '01', reasons: ['the day 2026-11-27'] },
      { id: '02', reasons: ['the day 2026-11-26'] },
      { id: '06', reasons: ['the week 2026-11-16'] },
      { id: '13', reasons: ['the week 2026-11-09'] },
      { id: '28', reasons: ['the month 2026-10'] },
      { id: '59', reasons: ['the month 2026-09'] },
    ]);
  });
});
