import { Worker } from 'node:worker_threads';
import type { ImportFindingCode } from '@apms/validators';
import { emptyRows } from '../empty-rows.ts';
import { Findings } from '../findings.ts';
import { defaultLimits } from '../limits.ts';
import type { ReadOptions, WorkbookReading } from '../reading.ts';
import type { WorkerInput, WorkerMessage } from './messages.ts';
import { RowCollector } from './row-collector.ts';

export interface WorkerOptions extends ReadOptions {
  /** After so long the reading is given up with FILE_TIMED_OUT. */
  timeoutMs: number;
  /** Heap of the worker, in megabytes; a file that needs more ends with FILE_TOO_LARGE. */
  memoryMb?: number;
}

const usualMemoryMb = 192;

/**
 * Reads as `readWorkbook` does, in a thread of its own with bounded memory and time, so that a server goes on
 * answering; whatever a file does to the thread is a finding.
 */
export async function readWorkbookInWorker(
  bytes: Uint8Array,
  options: WorkerOptions,
): Promise<WorkbookReading> {
  const { timeoutMs, memoryMb = usualMemoryMb, onProgress, ...rest } = options;
  const own = new Uint8Array(bytes);
  const input: WorkerInput = { ...rest, bytes: own };
  const worker = new Worker(new URL('./main.ts', import.meta.url), {
    workerData: input,
    transferList: [own.buffer],
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: 8 },
  });
  const { promise, resolve, reject } = Promise.withResolvers<WorkbookReading>();
  const timer = setTimeout(() => {
    resolve(refused('FILE_TIMED_OUT', `The workbook could not be read within ${timeoutMs} ms.`));
  }, timeoutMs);
  const collector = new RowCollector();
  worker.on('message', (message: WorkerMessage) => {
    try {
      if (message.kind === 'progress') onProgress?.(message.progress);
      else if (message.kind === 'done') resolve({ rows: collector.rows, ...message.rest });
      else {
        collector.add(message.rows);
        worker.postMessage('next', []);
      }
    } catch (error) {
      reject(error);
    }
  });
  worker.on('error', (error) => resolve(failed(error)));
  worker.on('exit', () => resolve(refused('FILE_UNREADABLE', 'Reading the workbook ended early.')));
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}

function failed(error: unknown): WorkbookReading {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ERR_WORKER_OUT_OF_MEMORY') {
    return refused('FILE_TOO_LARGE', 'The workbook is too large to be read: it needs too much memory.');
  }
  const name = error instanceof Error ? error.name : 'Error';
  return refused('FILE_UNREADABLE', `The workbook could not be understood (${name}).`);
}

function refused(code: ImportFindingCode, reason: string): WorkbookReading {
  const findings = new Findings(defaultLimits.findingsPerCode);
  findings.add(code, {}, reason);
  return { rows: emptyRows(), findings: findings.list(), sheets: [] };
}
