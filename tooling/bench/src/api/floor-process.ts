import { fileURLToPath } from 'node:url';
import type { Bench } from '../bench.ts';
import { BenchError } from '../bench-error.ts';
import { POOL_SIZE } from './api-process.ts';
import type { BenchWorld } from './bench-world.ts';
import { startChild } from './child-process.ts';
import type { FloorOptions, FloorProcedure } from './floor-options.ts';

const SERVER = fileURLToPath(new URL('floor-server.ts', import.meta.url));

/** Starts the floor as a process of its own. */
export async function startFloor(
  { server }: Bench,
  { database, workspaceId, busiest }: BenchWorld,
  procedures: Readonly<Record<string, FloorProcedure>>,
): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const { ask, stop } = startChild(SERVER, { env: {}, output: 2 });
  const settings = { role: 'apms_api', 'app.workspace_id': workspaceId, 'app.user_id': busiest.userId };
  const options: FloorOptions = {
    connectionString: server.url(database),
    connections: POOL_SIZE,
    scope: Object.entries(settings)
      .map(([name, value]) => `-c ${name}=${value}`)
      .join(' '),
    procedures,
  };
  const port = await ask(options);
  if (typeof port !== 'number') throw new BenchError('the floor did not start');
  return { url: `http://127.0.0.1:${port}`, stop };
}
