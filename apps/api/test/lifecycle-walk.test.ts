import { auditOrphans, listForeignKeys, runValidationSuite } from '@apms/db/checks';
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findLifecycleFaults } from './support/find-lifecycle-faults.ts';
import { createLifecycle } from './support/lifecycle.ts';
import { choose } from './support/lifecycle-candidates.ts';
import { take } from './support/lifecycle-model.ts';
import type { Action, Caller, Failure, Model } from './support/lifecycle-state.ts';
import { createWorld, type World } from './support/lifecycle-world.ts';
import { startApi, type TestApi } from './support/start-api.ts';

/** How many walks there are, and from which seed; more of them, or others, are asked for by the environment. */
const walks = Number(process.env['LIFECYCLE_WALKS'] ?? 15);
const seed = Number(process.env['LIFECYCLE_SEED'] ?? 20_251_229);
const timeLimitMs = Number(process.env['LIFECYCLE_SECONDS'] ?? 45) * 1_000;

let api: TestApi;
let world: World;

beforeAll(async () => {
  api = await startApi();
  world = await createWorld(api, await createLifecycle(api));
});
afterAll(() => api.stop());

/** What stands for an action; small ones mean no more than large ones. */
const roll = fc.noBias(fc.nat(1_000_000_000));

/** One step: which action is meant depends on the state in which it is taken. */
const step = fc.record({
  roll,
  legal: fc.oneof({ weight: 4, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
  caller: fc.oneof(
    { weight: 5, arbitrary: fc.constant<Caller>('right') },
    { weight: 3, arbitrary: fc.constantFrom<Caller>('other', 'viewer', 'stranger', 'nobody') },
  ),
  /** Whether it is asked for twice at once; each of the two must end as if one had come after the other. */
  twice: fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
});
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

/** Asked for a second time these do not mean the same again. */
const once: readonly Action['kind'][] = ['activate', 'detach'];

async function walk(model: Model, { legal, caller, twice, ...which }: Step): Promise<Model> {
  const action = choose(model, { ...which, legal });
  const by = legal || action.kind === 'activate' ? 'right' : caller;
  const expected = [take(model, action, by)];
  if (twice && !once.includes(action.kind)) expected.push(take(expected[0]?.model ?? model, action, by));
  const outcomes = await Promise.all(expected.map(() => world.take(action, by)));
  const failures = expected.map(({ failure }) => failure);
  expect({ action, by, outcomes: outcomes.toSorted() }).toEqual({
    action,
    by,
    outcomes: failures.toSorted(),
  });
  const after = expected.at(-1)?.model ?? model;
  const touched = 'submission' in action ? action.submission : after.submissions.length - 1;
  const seen = touched < 0 ? undefined : await world.look(touched);
  expect({ action, by, seen }).toEqual({ action, by, seen: after.submissions[touched] });
  return after;
}

/** Rows whose reference leads nowhere, over every key of the database. */
async function findOrphans(): Promise<unknown[]> {
  const client = await api.testDatabase.connect();
  try {
    const { findings } = await auditOrphans([client], await listForeignKeys(client));
    return [...findings];
  } finally {
    await client.end();
  }
}

test(
  'random legal and illegal actions leave the API as the model says, and the database sound',
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 40, maxLength: 90, size: 'max' }), async (steps) => {
        let model = await world.begin();
        for (const each of steps) model = await walk(model, each);
        for (const [index, submission] of model.submissions.entries()) {
          expect(await world.look(index)).toEqual(submission);
        }
        expect(await findLifecycleFaults(api.database.pool)).toEqual({});
        expect(await findOrphans()).toEqual([]);
      }),
      { numRuns: walks, seed, interruptAfterTimeLimit: timeLimitMs },
    );
  },
  timeLimitMs + 120_000,
);

/** How it may end when others were quicker; a deadlock, or what nobody expected, is none of it. */
const mayEndWith: readonly Failure[] = [
  null,
  'TRANSITION_ILLEGAL',
  'STAGE_NOT_PENDING',
  'SUBMISSION_OPEN',
  'SUBMISSION_WITHOUT_DOCUMENTS',
  'PUNCHLIST_NOT_CLOSED',
  'ENTITY_NOT_FOUND',
  'HISTORY_IMMUTABLE',
];

/** Whoever cancels what QA is just accepting is asked to try again. */
function mayConflict(action: Action, others: readonly Action[]): boolean {
  return (
    action.kind === 'cancel' &&
    others.some((other) => other.kind === 'acceptQa' && other.submission === action.submission)
  );
}

/** Eight actions at once, each possible by itself. @returns the model as the API then has it */
async function storm(model: Model, rolls: readonly number[]): Promise<Model> {
  const actions = rolls
    .map((each) => choose(model, { roll: each, legal: true }))
    .filter(({ kind }) => kind !== 'activate');
  const outcomes = await Promise.all(actions.map((action) => world.take(action, 'right')));
  const unexpected = actions
    .map((action, index) => ({ action, outcome: outcomes[index] ?? null }))
    .filter(({ outcome }) => !mayEndWith.includes(outcome))
    .filter(({ action, outcome }) => outcome !== 'TRANSACTION_CONFLICT' || !mayConflict(action, actions));
  expect(unexpected).toEqual([]);
  const created = actions.filter(({ kind }, index) => kind === 'create' && outcomes[index] === null);
  const count = model.submissions.length + created.length;
  const submissions = await Promise.all(Array.from({ length: count }, (_, index) => world.look(index)));
  return { ...model, submissions };
}

test(
  'whatever is asked for at once leaves the database sound',
  async () => {
    const burst = fc.array(roll, { minLength: 8, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(fc.array(burst, { minLength: 10, maxLength: 16, size: 'max' }), async (bursts) => {
        let model = await world.begin();
        for (const rolls of bursts) model = await storm(model, rolls);
        expect(await findLifecycleFaults(api.database.pool)).toEqual({});
        expect(await findOrphans()).toEqual([]);
      }),
      { numRuns: Math.ceil(walks / 2), seed, interruptAfterTimeLimit: timeLimitMs / 2 },
    );
  },
  timeLimitMs + 120_000,
);

test('the validation suite passes on what the walks have left', async () => {
  const client = await api.testDatabase.connect();
  await client.query('begin');
  const results = await runValidationSuite(client, {
    codes: ['C1', 'C2', 'C3', 'C4', 'C5', 'C6', 'I1', 'I2', 'I3'],
  });
  await client.query('rollback');
  await client.end();
  expect(results.filter(({ status }) => status !== 'passed')).toEqual([]);
});
