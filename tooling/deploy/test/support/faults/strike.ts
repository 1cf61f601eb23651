import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { comingMark, type FaultKind, Strike } from './fault.ts';

/** Run as a process of its own by inject.ts: does the damage. */
const { kind, delayMs, pid, adminUrl, dataDir, cutPort, stateDirectory } = Strike.parse(
  JSON.parse(process.env['STRIKE'] ?? ''),
);

async function withAdmin(sql: string): Promise<number[]> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  const { rows } = await client.query<{ pid: number }>(sql);
  await client.end();
  return rows.map(({ pid: found }) => found);
}

const ONE_SESSION = `from pg_stat_activity where application_name like 'apms-deploy%' and pid <> pg_backend_pid()`;

function fillDisk(): void {
  const file = openSync(join(stateDirectory, 'ballast'), 'w');
  for (const size of [1 << 20, 1 << 12, 1]) {
    try {
      for (;;) writeSync(file, Buffer.alloc(size));
    } catch {
      // No room for a piece of that size any more.
    }
  }
  closeSync(file);
}

const STRIKES: Record<FaultKind, () => unknown> = {
  tool: () => process.kill(pid, 'SIGKILL'),
  program: () => spawnSync('pkill', ['-KILL', '-P', String(pid), 'pg_dump|pg_restore']),
  session: () => withAdmin(`select pid, pg_terminate_backend(pid) ${ONE_SESSION} order by random() limit 1`),
  backend: async () => {
    const [victim] = await withAdmin(`select pid ${ONE_SESSION} order by random() limit 1`);
    if (victim !== undefined) process.kill(victim, 'SIGKILL');
  },
  server: () => {
    const [postmaster] = readFileSync(join(dataDir, 'postmaster.pid'), 'utf8').split('\n');
    process.kill(Number(postmaster), 'SIGKILL');
  },
  network: () => once(connect(cutPort, '127.0.0.1'), 'close'),
  disk: fillDisk,
};

await sleep(delayMs);
try {
  await STRIKES[kind]();
} finally {
  rmSync(comingMark({ stateDirectory }), { force: true });
}
