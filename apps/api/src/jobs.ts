import type { Database } from '@apms/db';
import type { Job, PgBoss } from 'pg-boss';
import type { DocumentStore } from './document-store.ts';
import { AppError } from './errors.ts';
import { cleanUp, UNREFERENCED_DAYS } from './jobs/clean-up.ts';
import type { JobQueue } from './jobs/job-queue.ts';
import { markBreaches } from './jobs/mark-breaches.ts';
import { type AlertQueue, defaultSchedules, type ScheduledQueue, scheduledQueues } from './jobs/queues.ts';
import { callAlertWebhook, sendAlertMail } from './jobs/send-alerts.ts';
import type { Mailer } from './mailer.ts';
import type { Services } from './services.ts';

export interface JobsDependencies {
  readonly database: Database;
  /** One that works; it is closed when the jobs are stopped. */
  readonly queue: JobQueue;
  readonly services: Pick<Services, 'log' | 'clock' | 'integrityAuditor' | 'allowLoopbackWebhooks'> & {
    readonly documents: Pick<DocumentStore, 'list' | 'remove'>;
  };
  readonly mailer: Mailer;
  /** Where people's browsers are: alerts lead there. */
  readonly appUrl: string;
  /** Cron in UTC, where it differs from {@link defaultSchedules}. */
  readonly schedules?: Partial<Readonly<Record<ScheduledQueue, string>>>;
  readonly timing?: JobTiming;
  /** How many days a document's file is kept after nothing refers to it; {@link UNREFERENCED_DAYS} when absent. */
  readonly unreferencedDays?: number;
}

/** Where the queues' own settings are too slow. */
export interface JobTiming {
  /** How often a worker looks for a job; 2 s when absent. */
  readonly pollSeconds?: number;
  /** After how long a scheduled job's worker is taken for dead, whatever it says. */
  readonly expireSeconds?: number;
}

export interface RunningJobs {
  /** Takes no more jobs, and waits for those that are being done. */
  stop(): Promise<void>;
}

const AUDIT_LIMIT_MS = 25 * 60_000;

/**
 * Does the scheduled work and sends alerts, together with every other process that does: each job is done by one of
 * them, and by another when that one dies.
 * @throws {Error} when the queues are not installed in the database
 */
export async function startJobs(deps: JobsDependencies): Promise<RunningJobs> {
  const { queue, timing = {} } = deps;
  const boss = await queue.open();
  const schedules = { ...defaultSchedules, ...deps.schedules };
  for (const name of scheduledQueues) {
    const expiry = timing.expireSeconds === undefined ? {} : { expireInSeconds: timing.expireSeconds };
    await boss.schedule(name, schedules[name], null, { tz: 'UTC', ...expiry });
  }
  for (const [name, work] of Object.entries(handlers(deps))) await employ(boss, deps, name, work);
  return { stop: () => queue.close() };
}

type Handler = (job: Job<unknown>) => Promise<unknown>;

function handlers(deps: JobsDependencies): Readonly<Record<ScheduledQueue | AlertQueue, Handler>> {
  const { database, queue, mailer, appUrl, services, unreferencedDays = UNREFERENCED_DAYS } = deps;
  const { log, clock, documents, allowLoopbackWebhooks } = services;
  return {
    'sla-breaches': async ({ signal }) => ({ marked: await markBreaches(database, queue, signal) }),
    'integrity-audit': ({ signal }) => auditOnSchedule(services, signal),
    'clean-up': ({ signal }) => cleanUp(database, documents, { now: clock(), signal, unreferencedDays }),
    'alert-mail': ({ data }) => sendAlertMail({ mailer, appUrl }, data),
    'alert-webhook': ({ data }) => callAlertWebhook({ database, allowLoopbackWebhooks, appUrl, log }, data),
  };
}

/** Somebody else is just doing it: that is as good. */
async function auditOnSchedule(
  { integrityAuditor }: JobsDependencies['services'],
  signal: AbortSignal,
): Promise<Readonly<Record<string, unknown>>> {
  try {
    const { auditId } = await integrityAuditor.run({
      origin: 'SCHEDULED',
      timeLimitMs: AUDIT_LIMIT_MS,
      signal,
    });
    return { auditId };
  } catch (error) {
    if (error instanceof AppError && error.data.code === 'INTEGRITY_AUDIT_RUNNING') return { skipped: true };
    throw error;
  }
}

async function employ(
  boss: PgBoss,
  { services: { log }, timing }: JobsDependencies,
  name: string,
  work: Handler,
): Promise<void> {
  await boss.work<unknown>(name, { pollingIntervalSeconds: timing?.pollSeconds ?? 2 }, async ([job]) => {
    if (job === undefined) return undefined;
    const startedAt = performance.now();
    try {
      const result = await work(job);
      const durationMs = Math.round(performance.now() - startedAt);
      log.info({ job: name, jobId: job.id, durationMs, result }, 'job done');
      return result;
    } catch (error) {
      log.error({ err: error, job: name, jobId: job.id, attempt: job.retryCount + 1 }, 'job failed');
      throw error;
    }
  });
}
