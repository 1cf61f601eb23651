import { expect, test } from 'vitest';
import { newRunId } from './open-run.ts';

test('the ids of runs sort by time, also within a second', () => {
  const start = Date.UTC(2026, 10, 22, 21, 3, 10);
  const ids = [0, 1, 15, 16, 255, 256, 999, 1_000].map((ms) => newRunId(new Date(start + ms)));
  expect(ids.toSorted()).toEqual(ids);
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(id).toMatch(/^20261122T21031[01]Z-[0-9a-f]{6}$/);
});
