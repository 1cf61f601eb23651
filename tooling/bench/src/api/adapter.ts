import { fileURLToPath } from 'node:url';
import type { Bench } from '../bench.ts';
import { BenchError } from '../bench-error.ts';
import { interleave } from '../interleave.ts';
import type { Line } from '../line.ts';
import { median } from '../median.ts';
import { requestOfCall } from './call-api.ts';
import { type BenchChild, startChild } from './child-process.ts';
import { type LoadRequest, putLoad } from './put-load.ts';

const SERVER = fileURLToPath(new URL('adapter-server.ts', import.meta.url));
const NOBODY = { userId: '', headers: {} };
const READ = { procedure: 'read', kind: 'query', input: { siteId: 'a site' } } as const;
const WRITE = { procedure: 'write', kind: 'mutation', input: { siteId: 'a site', name: 'Langkat' } } as const;

/** The API's HTTP adapter beside tRPC's own for Fastify, serving one router that needs no database. */
export async function measureAdapter(bench: Bench, amount: number): Promise<Line[]> {
  bench.note('the HTTP adapter');
  const library = startServer(bench);
  const own = startServer(bench);
  try {
    const [reference, ours] = [await urlOf(library, 'library'), await urlOf(own, 'own')];
    return [
      await measure(
        bench,
        'a query without a database',
        { reference, ours },
        amount,
        requestOfCall(READ, NOBODY),
      ),
      await measure(
        bench,
        'a mutation without a database',
        { reference, ours },
        amount,
        requestOfCall(WRITE, NOBODY),
      ),
    ];
  } finally {
    await Promise.all([library.stop(), own.stop()]);
  }
}

function startServer({ server }: Bench): BenchChild {
  const env = { DATABASE_URL: server.url('postgres'), SECRET: 'the secret of a process that a bench starts' };
  return startChild(SERVER, { env, output: 2 });
}

async function urlOf({ ask }: BenchChild, served: 'library' | 'own'): Promise<string> {
  const url = await ask(served);
  if (typeof url !== 'string') throw new BenchError('the server of an adapter did not start');
  return url;
}

async function measure(
  { runs }: Bench,
  name: string,
  urls: Readonly<Record<'reference' | 'ours', string>>,
  amount: number,
  request: LoadRequest,
): Promise<Line> {
  const load = (url: string) => () => putLoad(url, amount, () => request);
  await load(urls.reference)();
  await load(urls.ours)();
  const { reference, ours } = await interleave(runs, load(urls.reference), load(urls.ours));
  const rate = (results: typeof ours) => median(results.map(({ requestsPerSecond }) => requestsPerSecond));
  return {
    measure: name,
    against: "tRPC's adapter for Fastify",
    unit: 'requests/s',
    reference: rate(reference),
    ours: rate(ours),
    goal: { atLeast: 1.5 },
  };
}
