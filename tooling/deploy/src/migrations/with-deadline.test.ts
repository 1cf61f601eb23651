import { setTimeout as sleep } from 'node:timers/promises';
import { DatabaseError } from 'pg';
import { describe, expect, it } from 'vitest';
import { Overdue, withDeadline } from './with-deadline.ts';

function cancelled(): DatabaseError {
  const error = new DatabaseError('canceling statement due to user request', 0, 'error');
  error.code = '57014';
  return error;
}

/** A statement that lasts until it is cancelled. */
function statement() {
  const { promise, reject } = Promise.withResolvers<void>();
  let cancellations = 0;
  const cancel = async () => {
    cancellations += 1;
    reject(cancelled());
  };
  return { promise, cancel, cancellations: () => cancellations };
}

describe('withDeadline', () => {
  it('cancels what is at work when the time is over', async () => {
    const { promise, cancel } = statement();
    const working = withDeadline({ allowedMs: 30, cancel }, () => promise);
    await expect(working).rejects.toThrow(Overdue);
  });

  it('says so before the commit where nothing could be cancelled', async () => {
    const deadline = { allowedMs: 10, cancel: async () => undefined };
    let committed = false;
    const working = withDeadline(deadline, async (inTime) => {
      await sleep(100);
      await inTime();
      committed = true;
    });
    await expect(working).rejects.toThrow(Overdue);
    expect(committed).toBe(false);
  });

  it('cancels nothing that comes after', async () => {
    const { cancel, cancellations } = statement();
    const result = await withDeadline({ allowedMs: 50, cancel }, async (inTime) => {
      await inTime();
      await sleep(150);
      return 'committed';
    });
    expect({ result, cancellations: cancellations() }).toEqual({ result: 'committed', cancellations: 0 });
  });

  it.each([
    ['somebody else cancelled', cancelled(), 10_000],
    ['something else went wrong', new Error('no such table'), 10],
  ])('leaves alone that %s', async (_what, error, allowedMs) => {
    const working = withDeadline({ allowedMs, cancel: async () => undefined }, async () => {
      await sleep(60);
      throw error;
    });
    await expect(working).rejects.toBe(error);
  });
});
