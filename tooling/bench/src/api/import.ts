import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Client } from 'pg';
import readWorkbook from 'read-excel-file/node';
import type { Bench } from '../bench.ts';
import { interleave } from '../interleave.ts';
import type { Line } from '../line.ts';
import { median } from '../median.ts';
import { timed } from '../stopwatch.ts';
import { watchPeakMemory } from '../watch-peak-memory.ts';
import { type ApiProcess, startApiProcess } from './api-process.ts';
import type { BenchWorld } from './bench-world.ts';
import { asAnotherVersion, type CopiedRows, copyRows, readCopiedRows } from './copied-rows.ts';
import { importWorkbook, uploadWorkbook } from './import-workbook.ts';
import { largeWorkbook } from './large-workbook.ts';

const FIXTURE = fileURLToPath(import.meta.resolve('@apms/workbook/fixture'));
const WORKER = new URL('parse-worker.ts', import.meta.url);
/** Each version of the floor gets a lower one, while the API counts on from the highest. */
const FIRST_NUMBER = 1_000_000;
const MEMORY_LIMIT_BYTES = 300_000_000;
const LARGE_ROWS = 100_000;

/** The production workbook imported over HTTP, beside a library's parse and COPY of the same rows. */
export async function measureImport(bench: Bench, world: BenchWorld, { url }: ApiProcess): Promise<Line[]> {
  bench.note('import of the production workbook');
  const { busiest, database } = world;
  const bytes = await readFile(FIXTURE);
  const documentId = await uploadWorkbook(url, bytes, busiest);
  const configVersionId = await importWorkbook(url, documentId, busiest);
  return await bench.server.withClient(database, async (client) => {
    const rows = await readCopiedRows(client, configVersionId);
    const floor = floorOf(client, rows);
    const inWorker = () => parseInWorker(bytes);
    const inProcess = () => readWorkbook(bytes);
    await floor(inProcess);
    const { reference, ours } = await interleave(
      bench.runs,
      async () => ({ cold: await floor(inWorker), warm: await floor(inProcess) }),
      () => timed(() => importWorkbook(url, documentId, busiest)),
    );
    const line = { measure: 'import of the production workbook', unit: 'ms', ours: median(ours) } as const;
    return [
      {
        ...line,
        against: 'read-excel-file in a thread + COPY',
        reference: median(reference.map(({ cold }) => cold)),
        goal: { ratio: 1.5 },
      },
      {
        ...line,
        against: 'the same, warm in its process',
        reference: median(reference.map(({ warm }) => warm)),
      },
    ];
  });
}

/** What reading with `parse` and inserting the rows takes; making new ids for them is not counted. */
function floorOf(client: Client, rows: readonly CopiedRows[]) {
  let number = FIRST_NUMBER;
  return async (parse: () => Promise<unknown>): Promise<number> => {
    number -= 1;
    const renamed = asAnotherVersion(rows, number);
    return await timed(async () => {
      await parse();
      await copyRows(client, renamed);
    });
  };
}

async function parseInWorker(bytes: Uint8Array): Promise<void> {
  await once(new Worker(WORKER, { workerData: bytes }), 'exit');
}

/** The most memory of a process that imports 100,000 rows, in a process that has done nothing else. */
export async function measureImportMemory(bench: Bench, { database, busiest }: BenchWorld): Promise<Line> {
  bench.note(`import of ${LARGE_ROWS.toLocaleString('en')} rows`);
  const bytes = await largeWorkbook(LARGE_ROWS);
  const { url, pid, stop } = await startApiProcess(bench, { database });
  const peak = watchPeakMemory(pid);
  try {
    await importWorkbook(url, await uploadWorkbook(url, bytes, busiest), busiest);
  } finally {
    await stop();
  }
  return {
    measure: `peak memory, ${LARGE_ROWS.toLocaleString('en')} rows`,
    against: 'the limit',
    unit: 'bytes',
    reference: MEMORY_LIMIT_BYTES,
    ours: peak.stop(),
    goal: { limit: MEMORY_LIMIT_BYTES },
  };
}
