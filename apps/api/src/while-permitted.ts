import type { Changes } from './changes.ts';

export interface Permitted {
  readonly changes: Pick<Changes, 'onAccessChange'>;
  readonly userId: string;
  /** Rejects when the person may not go on. */
  readonly check: () => Promise<unknown>;
  /** The failure as the caller is told. */
  readonly explain: (error: unknown) => Promise<Error>;
}

/** A session that ends by its time alone is nobody's news: it is noticed after this. */
const CHECKED_EVERY_MS = 60_000;

/**
 * The values of the source for as long as the person may have them: it is checked again whenever their access may have
 * changed, and every minute. Then it ends with the error that a new call would get.
 */
export async function* whilePermitted(
  source: AsyncIterable<unknown>,
  { changes, userId, check, explain }: Permitted,
): AsyncGenerator<unknown, void, undefined> {
  const iterator = source[Symbol.asyncIterator]();
  let lost: { readonly error: unknown } | undefined;
  let onLost: ((error: unknown) => void) | undefined;
  const checkAgain = () => {
    check().catch((error: unknown) => {
      lost ??= { error };
      onLost?.(error);
    });
  };
  const stopHearing = changes.onAccessChange((userIds) => {
    if (userIds === null || userIds.includes(userId)) checkAgain();
  });
  const timer = setInterval(checkAgain, CHECKED_EVERY_MS);
  try {
    for (;;) {
      if (lost !== undefined) throw lost.error;
      const { done, value } = await new Promise<IteratorResult<unknown>>((resolve, reject) => {
        onLost = reject;
        iterator.next().then(resolve, reject);
      });
      if (done === true) return;
      yield value;
    }
  } catch (error) {
    throw await explain(error);
  } finally {
    clearInterval(timer);
    stopHearing();
    // Not awaited: a source that waits for its next value ends with the request.
    iterator.return?.().catch(() => undefined);
  }
}

export function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}
