import { expect, test } from 'vitest';
import { type Progress, throttled } from './progress.ts';

const at = (done: number, label = 'dumping'): Progress => ({
  label,
  detail: null,
  unit: 'bytes',
  done,
  total: 10,
});

test('of each label, only so much is told at once, and its end always', () => {
  const told: Progress[] = [];
  const tell = throttled((progress) => told.push(progress), 60_000);
  for (let done = 0; done <= 10; done += 1) {
    tell(at(done));
    tell(at(done, 'counting'));
  }
  expect(told).toEqual([at(0), at(0, 'counting'), at(10), at(10, 'counting')]);
});

test('what has no total is told of again after a while', () => {
  const told: Progress[] = [];
  const tell = throttled((progress) => told.push(progress), 0);
  tell({ ...at(1), total: null });
  tell({ ...at(2), total: null });
  expect(told).toHaveLength(2);
});
