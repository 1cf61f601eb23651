import type { ConfigurationRows } from '@apms/validators';
import type { ReadOptions, ReadProgress, WorkbookReading } from '../read-workbook.ts';

/** What a reading worker is started with. */
export interface WorkerInput extends Omit<ReadOptions, 'onProgress'> {
  bytes: Uint8Array;
}

/** What it tells: rows come in parts, so that taking one over never holds up the other thread for long. */
export type WorkerMessage =
  | { kind: 'progress'; progress: ReadProgress }
  | { kind: 'rows'; rows: Partial<ConfigurationRows> }
  | { kind: 'done'; rest: Omit<WorkbookReading, 'rows'> };
