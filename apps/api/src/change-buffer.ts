import type { Change } from './change.ts';

/**
 * Changes on their way to one subscriber, in order. A subscriber that does not keep up costs no more memory than
 * `capacity`: what waits for it is then replaced by one `resync`.
 */
export class ChangeBuffer implements AsyncIterableIterator<Change> {
  readonly #capacity: number;
  readonly #onEnd: () => void;
  #waiting: Change[] = [];
  #sleepers: (() => void)[] = [];
  #ended = false;

  constructor(capacity: number, onEnd: () => void) {
    this.#capacity = capacity;
    this.#onEnd = onEnd;
  }

  push(change: Change): void {
    if (this.#ended) return;
    if (this.#waiting.length >= this.#capacity || change.kind === 'resync') {
      this.#waiting = [{ kind: 'resync' }];
    } else {
      this.#waiting.push(change);
    }
    this.#wake();
  }

  /** Nothing comes any more; what waits is dropped. */
  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#waiting = [];
    this.#onEnd();
    this.#wake();
  }

  async next(): Promise<IteratorResult<Change, undefined>> {
    for (;;) {
      const change = this.#waiting.shift();
      if (change !== undefined) return { done: false, value: change };
      if (this.#ended) return { done: true, value: undefined };
      await new Promise<void>((resolve) => {
        this.#sleepers.push(resolve);
      });
    }
  }

  #wake(): void {
    for (const wake of this.#sleepers.splice(0)) wake();
  }

  async return(): Promise<IteratorResult<Change, undefined>> {
    this.end();
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
