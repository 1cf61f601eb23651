import { once } from 'node:events';
import { parentPort, workerData } from 'node:worker_threads';
import { readParts } from '../read-parts.ts';
import type { WorkerInput, WorkerMessage } from './messages.ts';

const { bytes, ...options }: WorkerInput = workerData;
const parts = readParts(bytes, {
  ...options,
  onProgress: (progress) => send({ kind: 'progress', progress }),
});
for await (const part of parts) {
  send(part);
  if (parentPort !== null) await once(parentPort, 'message');
}

function send(message: WorkerMessage): void {
  parentPort?.postMessage(message, []);
}
