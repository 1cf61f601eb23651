import { expect, test } from 'vitest';
import { SetUserStatus } from './user.ts';
import { userTransitions } from './user-transitions.ts';
import { UserStatus } from './workspace.ts';

const legal = [
  'PENDING → INACTIVE',
  'ACTIVE → INACTIVE',
  'ACTIVE → SUSPENDED',
  'SUSPENDED → ACTIVE',
  'SUSPENDED → INACTIVE',
  'INACTIVE → ACTIVE',
];

const pairs = UserStatus.options.flatMap((from) =>
  SetUserStatus.shape.status.options.map((to) => ({ from, to })),
);

test.each(pairs)('$from → $to', ({ from, to }) => {
  expect(userTransitions[from].includes(to)).toBe(legal.includes(`${from} → ${to}`));
});
