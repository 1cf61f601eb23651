import { UserStatus } from '@apms/validators';
import { expect, test } from 'vitest';
import { canBecome } from './transitions.ts';

const legal = [
  'PENDING → INACTIVE',
  'ACTIVE → INACTIVE',
  'ACTIVE → SUSPENDED',
  'SUSPENDED → ACTIVE',
  'SUSPENDED → INACTIVE',
  'INACTIVE → ACTIVE',
];

const pairs = UserStatus.options.flatMap((from) => UserStatus.options.map((to) => ({ from, to })));

test.each(pairs)('$from → $to', ({ from, to }) => {
  expect(canBecome(from, to)).toBe(legal.includes(`${from} → ${to}`));
});
