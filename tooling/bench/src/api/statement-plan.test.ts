import { newId } from '@apms/db';
import { expect, test } from 'vitest';
import { bindStatements, planStatements } from './statement-plan.ts';

const siteId = newId();
const policyId = newId();
const since = new Date(Date.now() + 60_000);
// Made during the call: their time is after its beginning.
const late = (digit: string) => `${'f'.repeat(8)}-0000-7000-8000-00000000000${digit}`;

test('ids of the subject are replaced wherever they stand, and what is known otherwise stays', () => {
  const plan = planStatements(
    [
      {
        text: 'select $1',
        values: [siteId, [policyId, null], JSON.stringify({ siteId, policyId }), 7],
        flight: 1,
      },
    ],
    { subject: { siteId }, since },
  );
  const [[statement] = []] = bindStatements(plan, { siteId: 'another' });
  const details = JSON.stringify({ siteId: 'another', policyId });
  expect(statement?.values).toEqual(['another', [policyId, null], details, 7]);
});

test('ids made during the call are made anew for each, the same one in every place', () => {
  const sent = [
    { text: 'insert 1', values: [late('1'), late('2')], flight: 1 },
    { text: 'insert 2', values: [`{"id":"${late('1')}"}`], flight: 2 },
  ];
  const plan = planStatements(sent, { subject: {}, since });
  const [first, second] = [bindStatements(plan, {}), bindStatements(plan, {})];
  const [id] = first[0]?.[0]?.values ?? [];
  expect(first[1]?.[0]?.values).toEqual([`{"id":"${String(id)}"}`]);
  expect(
    new Set([...(sent[0]?.values ?? []), ...(first[0]?.[0]?.values ?? []), ...(second[0]?.[0]?.values ?? [])])
      .size,
  ).toBe(6);
});

test('statements that shared a round trip share it again', () => {
  const statement = (text: string, flight: number) => ({ text, values: [], flight });
  const sent = [statement('begin', 3), statement('select 1', 3), statement('commit', 4)];
  const plan = planStatements(sent, { subject: {}, since });
  expect(bindStatements(plan, {}).map((flight) => flight.map(({ text }) => text))).toEqual([
    ['begin', 'select 1'],
    ['commit'],
  ]);
});

test('a subject that lacks an id is refused', () => {
  const plan = planStatements([{ text: 'select $1', values: [siteId], flight: 1 }], {
    subject: { siteId },
    since,
  });
  expect(() => bindStatements(plan, {})).toThrow('The subject has no siteId');
});
