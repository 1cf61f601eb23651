import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JournalEntry, RunEvent } from '../journal.ts';
import { needsRecovery, type RunState, runStateOf } from './run-state.ts';

const PROCESS = { host: 'ci-7', pid: 4711, process: '4711-abc' };
const STARTED = {
  type: 'run-started',
  id: '20261122T224933Z-332b26',
  command: 'deploy',
  target: 'staging',
  database: 'postgres@127.0.0.1:5432/apms',
  embedded: false,
  commit: null,
  by: 'somebody@ci-7',
  ...PROCESS,
} as const satisfies RunEvent;
const INVERSE = { kind: 'drop-index', sql: 'drop index if exists i' } as const;
const MIGRATED = { transactionIds: ['812'], rowChange: { 'public.sites': 2 } };

/** A whole deployment that was swapped back, in the order in which it is journaled. */
const WHOLE: RunEvent[] = [
  STARTED,
  { type: 'step-started', step: 'plan' },
  { type: 'intent', action: 'create-scratch', object: 'apms_scratch_plan', roles: ['postgres'] },
  { type: 'completed', action: 'create-scratch', object: 'apms_scratch_plan' },
  { type: 'step-finished', step: 'plan', durationMs: 5, summary: 'planned', passed: true },
  { type: 'planned', pending: [{ name: 'm', checksum: 'c' }], schema: 'before', serverVersion: '15.1' },
  { type: 'intent', action: 'block-writes', object: 'apms' },
  { type: 'intent', action: 'hooks', object: 'before' },
  { type: 'rehearsed', schema: 'after' },
  { type: 'step-started', step: 'migrate' },
  { type: 'intent', action: 'apply-unit', object: 'm:1', inverses: [INVERSE] },
  { type: 'completed', action: 'apply-unit', object: 'm:1' },
  { type: 'intent', action: 'apply-unit', object: 'transaction 2', inverses: [] },
  { type: 'intent', action: 'commit', object: 'm', migrated: MIGRATED },
  { type: 'completed', action: 'apply-unit', object: 'transaction 2' },
  { type: 'step-finished', step: 'migrate', durationMs: 5, summary: 'committed', passed: true },
  { type: 'step-started', step: 'smoke' },
  { type: 'step-failed', step: 'smoke', durationMs: 5, code: 'HOOK_FAILED', message: 'no' },
  { type: 'step-started', step: 'rollback' },
  { type: 'intent', action: 'restore-beside', object: 'apms_scratch_restored', backup: 'b' },
  { type: 'intent', action: 'swap', object: 'apms_failed' },
  { type: 'completed', action: 'swap', object: 'apms_failed' },
  { type: 'completed', action: 'restore-beside', object: 'apms_scratch_restored' },
  { type: 'step-finished', step: 'rollback', durationMs: 5, summary: 'swapped back', passed: true },
  { type: 'completed', action: 'block-writes', object: 'apms' },
  { type: 'completed', action: 'hooks', object: 'before' },
  { type: 'run-finished', outcome: 'rolled-back', exitCode: 1, message: 'no', complete: true },
];

const journaled = (events: readonly RunEvent[]): JournalEntry[] =>
  events.map((event, index) => ({
    seq: index + 1,
    at: new Date(Date.UTC(2026, 10, 22) + index * 1_000).toISOString(),
    ...event,
  }));

/** The state of a process that was killed when so much of its journal was on disk. */
function killedAfter(last: Partial<RunEvent>): RunState {
  const end = WHOLE.findIndex((event) => isPartOf(last, event));
  const state = runStateOf(journaled(WHOLE.slice(0, end + 1)));
  if (state === undefined) throw new Error('no state');
  return state;
}

function isPartOf(part: object, whole: object): boolean {
  const found = new Map(Object.entries(whole));
  return Object.entries(part).every(([key, value]) => found.get(key) === value);
}

describe('the state of a run', () => {
  it('is none without its first entry', () => {
    expect(runStateOf([])).toBeUndefined();
    expect(runStateOf(journaled(WHOLE.slice(1)))).toBeUndefined();
  });

  it('needs recovery wherever its journal ends, but at its end', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: WHOLE.length }), (length) => {
        const state = runStateOf(journaled(WHOLE.slice(0, length)));
        expect(state && needsRecovery(state)).toBe(length < WHOLE.length);
      }),
    );
  });

  it('needs recovery where something was left behind, or the way back failed', () => {
    const end = (more: object) =>
      runStateOf(
        journaled([
          STARTED,
          { type: 'run-finished', outcome: 'failed', exitCode: 1, message: '', complete: true, ...more },
        ]),
      );
    const needs = (more: object) => {
      const state = end(more);
      return state && needsRecovery(state);
    };
    expect([needs({}), needs({ complete: false }), needs({ outcome: 'rollback-failed' })]).toEqual([
      false,
      true,
      true,
    ]);
  });

  it('tells of each unit what undoes it, and of the last commit what it wrote', () => {
    expect(killedAfter({ type: 'intent', action: 'commit' })).toMatchObject({
      units: [
        { object: 'm:1', isComplete: true, inverses: [INVERSE] },
        { object: 'transaction 2', isComplete: false, inverses: [] },
      ],
      migrated: MIGRATED,
      rehearsed: 'after',
      during: 'migrate',
      isGoingBack: false,
      swap: undefined,
    });
  });

  it('goes back once the verification or a smoke command has failed', () => {
    expect(killedAfter({ type: 'step-failed', step: 'smoke' })).toMatchObject({
      isGoingBack: true,
      during: undefined,
    });
    expect(killedAfter({ type: 'step-started', step: 'rollback' })).toMatchObject({ isGoingBack: true });
  });

  it('tells a swap that was begun from one that has come to pass', () => {
    const swap = { restored: 'apms_scratch_restored', quarantine: 'apms_failed' };
    expect(killedAfter({ type: 'intent', action: 'swap' })).toMatchObject({
      swap: { ...swap, isComplete: false },
      backupId: 'b',
    });
    expect(killedAfter({ type: 'completed', action: 'swap' })).toMatchObject({
      swap: { ...swap, isComplete: true },
    });
  });

  it('lists what it left behind', () => {
    const left = killedAfter({ type: 'intent', action: 'restore-beside' }).leftBehind;
    expect(left.map(({ action }) => action)).toEqual(['block-writes', 'hooks', 'restore-beside']);
    expect(killedAfter({ type: 'intent', action: 'create-scratch' }).leftBehind).toMatchObject([
      { roles: ['postgres'] },
    ]);
  });

  it('has the step at which it was killed as one that failed', () => {
    const { steps } = killedAfter({ type: 'intent', action: 'commit' });
    expect(steps.map(({ name, status }) => [name, status])).toEqual([
      ['plan', 'done'],
      ['migrate', 'failed'],
    ]);
  });

  it('belongs to whoever resumed it last', () => {
    const resumed = { ...PROCESS, host: 'laptop', pid: 12 };
    const events: RunEvent[] = [STARTED, { type: 'run-resumed', by: 'me@laptop', ...resumed }];
    expect(runStateOf(journaled(events))?.process).toMatchObject(resumed);
  });
});
