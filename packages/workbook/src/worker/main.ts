import { parentPort, workerData } from 'node:worker_threads';
import type { ConfigurationRows } from '@apms/validators';
import { readWorkbook } from '../read-workbook.ts';
import type { WorkerInput, WorkerMessage } from './messages.ts';

const partSize = 2_000;

const { bytes, ...options }: WorkerInput = workerData;
const { rows, ...rest } = await readWorkbook(bytes, {
  ...options,
  onProgress: (progress) => send({ kind: 'progress', progress }),
});
for (const part of partsOf(rows)) send({ kind: 'rows', rows: part });
send({ kind: 'done', rest });

function send(message: WorkerMessage): void {
  parentPort?.postMessage(message, []);
}

function* partsOf({ clusters, approvers, ...few }: ConfigurationRows): Generator<Partial<ConfigurationRows>> {
  yield few;
  for (let at = 0; at < clusters.length; at += partSize)
    yield { clusters: clusters.slice(at, at + partSize) };
  for (let at = 0; at < approvers.length; at += partSize)
    yield { approvers: approvers.slice(at, at + partSize) };
}
