import { workerData } from 'node:worker_threads';
import readWorkbook from 'read-excel-file/node';

// Reads a workbook in a thread of its own, as the API does, so that nothing else waits for it.
await readWorkbook(Buffer.from(workerData));
