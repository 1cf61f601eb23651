import type { PoolClient } from 'pg';
import { type Db, PgBoss } from 'pg-boss';
import { type AlertQueue, QUEUE_ROLE, QUEUE_SCHEMA } from './queues.ts';

/** How quickly the queue notices things; the defaults are those of a quiet production. */
export interface QueueTiming {
  /** How often a worker looks for a job. */
  readonly pollSeconds?: number;
  /** How often jobs of workers that died are looked for. */
  readonly superviseSeconds?: number;
  /** How often it is looked what is due by its schedule. */
  readonly scheduleSeconds?: number;
}

export interface JobQueueOptions extends QueueTiming {
  readonly connectionString: string;
  /** Whether this process does jobs, or only adds them. */
  readonly works: boolean;
  readonly onError: (error: Error) => void;
}

/** The jobs of all processes, in the database. */
export interface JobQueue {
  /** The library, connected on first use. @throws {Error} when it is not installed in the database */
  open(): Promise<PgBoss>;
  /** Adds jobs in the transaction of a client that acts as the role `apms_jobs`: they exist when it commits. */
  add(client: PoolClient, queue: AlertQueue, jobs: readonly object[]): Promise<void>;
  /** Waits for the jobs that this process is doing, for so long. */
  close(waitMs?: number): Promise<void>;
}

/** Uses the queue with the least rights: its tables are made by {@link installQueues} alone. */
export function createJobQueue(options: JobQueueOptions): JobQueue {
  const { connectionString, works, onError } = options;
  const { superviseSeconds = 15, scheduleSeconds = 30, pollSeconds = 2 } = options;
  const boss = new PgBoss({
    connectionString,
    // Each of its connections acts as this role from the start.
    options: `-c role=${QUEUE_ROLE}`,
    application_name: 'apms-api-jobs',
    schema: QUEUE_SCHEMA,
    max: works ? 4 : 1,
    migrate: false,
    createSchema: false,
    supervise: works,
    schedule: works,
    // Rebuilding an index is for its owner.
    reindex: false,
    registerInstance: works,
    superviseIntervalSeconds: superviseSeconds,
    monitorIntervalSeconds: superviseSeconds,
    cronMonitorIntervalSeconds: scheduleSeconds,
    cronWorkerIntervalSeconds: Math.min(5, pollSeconds),
  });
  boss.on('error', onError);

  return {
    open: () => boss.start(),
    add: async (client, queue, jobs) => {
      await (await boss.start()).insert(
        queue,
        jobs.map((data) => ({ data })),
        { db: asDb(client) },
      );
    },
    close: (waitMs = 30_000) => boss.stop({ timeout: waitMs }),
  };
}

function asDb(client: PoolClient): Db {
  return { executeSql: (text, values) => client.query(text, values) };
}
