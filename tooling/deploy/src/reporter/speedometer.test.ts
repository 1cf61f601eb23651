import fc from 'fast-check';
import { expect, test } from 'vitest';
import { speedometer } from './speedometer.ts';

test('says nothing before it has watched for two seconds', () => {
  const speed = speedometer();
  expect(speed.perSecond()).toBeUndefined();
  speed.sample(0, 0);
  speed.sample(1_000, 1_900);
  expect(speed.perSecond()).toBeUndefined();
  speed.sample(1_100, 2_000);
  expect(speed.perSecond()).toBeCloseTo(550);
});

test('an even speed is told as it is, however it is watched', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 3_000 }), { minLength: 10, maxLength: 50 }),
      fc.integer({ min: 1, max: 10_000 }),
      (pauses, perMs) => {
        const speed = speedometer();
        let now = 0;
        speed.sample(0, now);
        for (const pause of [...pauses, 2_000]) speed.sample((now += pause) * perMs, now);
        expect(speed.perSecond()).toBeCloseTo(perMs * 1_000, 3);
      },
    ),
  );
});

test('it falls while nothing moves, and rises again', () => {
  const speed = speedometer();
  for (let now = 0; now <= 10_000; now += 100) speed.sample(now, now);
  for (let now = 10_100; now <= 20_000; now += 100) speed.sample(10_000, now);
  expect(speed.perSecond()).toBeLessThan(200);
  for (let now = 20_100; now <= 30_000; now += 100) speed.sample(now - 10_000, now);
  expect(speed.perSecond()).toBeGreaterThan(800);
});

test('what begins anew is watched anew', () => {
  const speed = speedometer();
  speed.sample(0, 0);
  speed.sample(5_000, 5_000);
  speed.sample(0, 5_100);
  expect(speed.perSecond()).toBeUndefined();
});
