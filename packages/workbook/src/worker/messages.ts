import type { ReadingPart, ReadOptions, ReadProgress } from '../reading.ts';

/** What a reading worker is started with. */
export interface WorkerInput extends Omit<ReadOptions, 'onProgress'> {
  bytes: Uint8Array;
}

/** What it tells; it waits for an answer to each part, so that parts never pile up between the threads. */
export type WorkerMessage = ReadingPart | { kind: 'progress'; progress: ReadProgress };
