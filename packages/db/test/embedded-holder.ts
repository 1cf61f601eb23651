/** A process that holds an embedded server until its input ends; tests start, question and kill it. */
import { once } from 'node:events';
import { Client } from 'pg';
import { acquireEmbeddedServer } from '../src/embedded/index.ts';

const [rootDir = '', mode = 'hold'] = process.argv.slice(2);

async function visit(): Promise<void> {
  const server = await acquireEmbeddedServer({ name: 'shared', rootDir });
  const client = new Client(server.url('postgres'));
  await client.connect();
  await client.query('select pg_sleep(random() * 0.05)');
  await client.query('select 1');
  await client.end();
  await server.release();
}

if (mode === 'visit') {
  for (let count = 0; count < 12; count += 1) await visit();
} else {
  const server = await acquireEmbeddedServer({ name: 'shared', rootDir });
  process.stdout.write(`${server.url('postgres')}\n`);
  process.stdin.resume();
  await once(process.stdin, 'end');
  await server.release();
}
