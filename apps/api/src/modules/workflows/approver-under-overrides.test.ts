import { expect, test } from 'vitest';
import { approverUnderOverrides } from './approver-under-overrides.ts';

const inForce = (id: string, toUserId: string, fromUserId: string | null = null) => ({
  id,
  overrideType: 'CLUSTER' as const,
  stageId: null,
  roleCode: null,
  fromUserId,
  toUserId,
  approvedAtMs: 0,
});
const stage = { id: 'stage', roleCode: 'RTH', isOpen: false, approverId: 'primary', reassignments: [] };
const byOverride = { overrideId: 'leave', fromUserId: 'primary' };

test.each([
  ['no override: the frozen approver', stage, [], 'primary', null],
  ['one in force', stage, [inForce('leave', 'substitute')], 'substitute', 'leave'],
  [
    'one that has applied already',
    { ...stage, approverId: 'substitute', reassignments: [byOverride] },
    [inForce('leave', 'substitute', 'primary')],
    'substitute',
    'leave',
  ],
  [
    'one that is over leaves no trace',
    { ...stage, approverId: 'substitute', reassignments: [byOverride] },
    [],
    'primary',
    null,
  ],
  [
    'of several that are over neither does',
    {
      ...stage,
      approverId: 'second',
      reassignments: [byOverride, { overrideId: 'other', fromUserId: 'substitute' }],
    },
    [],
    'primary',
    null,
  ],
  [
    'given by hand after an override',
    { ...stage, approverId: 'chosen', reassignments: [byOverride, { overrideId: null, fromUserId: 'x' }] },
    [],
    'chosen',
    null,
  ],
  [
    'given by hand, then overridden for a time that is over',
    {
      ...stage,
      approverId: 'substitute',
      reassignments: [
        { overrideId: null, fromUserId: 'primary' },
        { overrideId: 'leave', fromUserId: 'chosen' },
      ],
    },
    [],
    'chosen',
    null,
  ],
  [
    'an open stage stays where an override that is over has brought it',
    { ...stage, isOpen: true, approverId: 'substitute', reassignments: [byOverride] },
    [],
    'substitute',
    null,
  ],
  [
    'and from there the next one goes on',
    { ...stage, isOpen: true, approverId: 'substitute', reassignments: [byOverride] },
    [inForce('illness', 'second', 'substitute')],
    'second',
    'illness',
  ],
  [
    'of an open stage the one in force is not taken for its start',
    { ...stage, isOpen: true, approverId: 'substitute', reassignments: [byOverride] },
    [inForce('leave', 'substitute', 'primary'), inForce('illness', 'second', 'substitute')],
    'second',
    'illness',
  ],
  [
    'an empty seat has nobody to go back to',
    { ...stage, approverId: 'substitute', reassignments: [{ overrideId: 'leave', fromUserId: null }] },
    [],
    'substitute',
    null,
  ],
])('%s', (_, given, overrides, approverId, overrideId) => {
  const { path, ...seated } = approverUnderOverrides(given, overrides);
  expect({ ...seated, overrideId: path.at(-1)?.id ?? null }).toEqual({ approverId, overrideId });
});
