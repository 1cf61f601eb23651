import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Change } from './change.ts';
import { ChangeBuffer } from './change-buffer.ts';

const change = (userId: string): Change => ({ kind: 'access', userIds: [userId] });

test('whoever keeps up gets everything in order; who does not is told to read anew after it', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.boolean(), { maxLength: 60 }),
      fc.integer({ min: 1, max: 5 }),
      async (steps, capacity) => {
        const buffer = new ChangeBuffer(capacity, () => undefined);
        let pushed = 0;
        let known = 0;
        let waiting = 0;
        for (const isPush of steps) {
          if (isPush) {
            buffer.push(change(`${pushed}`));
            waiting = waiting >= capacity ? 1 : waiting + 1;
            pushed += 1;
          } else if (waiting > 0) {
            const { value } = await buffer.next();
            waiting -= 1;
            known = value?.kind === 'resync' ? pushed - waiting : known + 1;
          }
        }
        for (; waiting > 0; waiting -= 1) {
          const { value } = await buffer.next();
          known = value?.kind === 'resync' ? pushed - waiting + 1 : known + 1;
        }
        expect(known).toBe(pushed);
      },
    ),
  );
});

test('ends once, waking whoever waits', async () => {
  let ends = 0;
  const buffer = new ChangeBuffer(2, () => {
    ends += 1;
  });
  const waiting = [buffer.next(), buffer.next()];
  buffer.end();
  buffer.end();
  buffer.push(change('late'));
  expect(await Promise.all([...waiting, buffer.next()])).toEqual(
    Array.from({ length: 3 }, () => ({ done: true, value: undefined })),
  );
  expect(ends).toBe(1);
});
