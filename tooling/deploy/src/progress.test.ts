import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Progress, throttle } from './progress.ts';

const at = (done: number, label = 'dumping'): Progress => ({
  label,
  detail: null,
  unit: 'bytes',
  done,
  total: 10,
});

let told: Progress[];
beforeEach(() => {
  told = [];
  vi.useFakeTimers();
});
afterEach(() => void vi.useRealTimers());

test('of each label the latest is told, late, and the end at once', () => {
  const { tell } = throttle<Progress>((progress) => void told.push(progress));
  for (const done of [0, 1, 2]) tell(at(done));
  tell(at(1, 'counting'));
  expect(told).toEqual([at(0), at(1, 'counting')]);
  vi.advanceTimersByTime(100);
  expect(told).toEqual([at(0), at(1, 'counting'), at(2)]);
  tell(at(3));
  tell(at(10));
  vi.advanceTimersByTime(1_000);
  expect(told.slice(3)).toEqual([at(10)]);
});

test('after a pause it is told of at once again', () => {
  const { tell } = throttle<Progress>((progress) => void told.push(progress));
  tell(at(1));
  vi.advanceTimersByTime(100);
  tell(at(2));
  expect(told).toEqual([at(1), at(2)]);
});

test('what is cleared is never told', () => {
  const { tell, clear } = throttle<Progress>((progress) => void told.push(progress));
  tell({ ...at(1), total: null });
  tell({ ...at(2), total: null });
  clear();
  vi.advanceTimersByTime(1_000);
  expect(told).toEqual([{ ...at(1), total: null }]);
});
