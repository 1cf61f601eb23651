import { Client, escapeIdentifier } from 'pg';
import { PgBoss } from 'pg-boss';
import { QUEUE_ROLE, QUEUE_SCHEMA, queueSettings } from './queues.ts';

/**
 * Makes, or brings up to date, the tables of the queue library in a schema of their own, the queues, and what the role
 * `apms_jobs` needs to use them. Connects as the owner of the database; may be repeated.
 */
export async function installQueues(connectionString: string): Promise<void> {
  const boss = new PgBoss({
    connectionString,
    schema: QUEUE_SCHEMA,
    migrate: true,
    supervise: false,
    schedule: false,
    registerInstance: false,
    max: 2,
  });
  const failures: Error[] = [];
  boss.on('error', (error) => failures.push(error));
  await boss.start();
  try {
    for (const [name, { policy, ...settings }] of Object.entries(queueSettings)) {
      await boss.createQueue(name, { ...settings, ...(policy === undefined ? {} : { policy }) });
      await boss.updateQueue(name, settings);
    }
  } finally {
    await boss.stop({ graceful: false });
  }
  await grantUse(connectionString);
  if (failures[0] !== undefined) throw failures[0];
}

/** Rows may be read and written; nothing may be made, changed or dropped. */
async function grantUse(connectionString: string): Promise<void> {
  const [schema, role] = [escapeIdentifier(QUEUE_SCHEMA), escapeIdentifier(QUEUE_ROLE)];
  const client = new Client({ connectionString });
  await client.connect();
  try {
    await client.query(`
      grant usage on schema ${schema} to ${role};
      grant select, insert, update, delete on all tables in schema ${schema} to ${role};
      grant usage on all sequences in schema ${schema} to ${role}`);
  } finally {
    await client.end();
  }
}
