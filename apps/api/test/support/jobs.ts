import { openDatabase } from '@apms/db';
import { fastify } from 'fastify';
import { announceAudit } from '../../src/jobs/announce-audit.ts';
import { createJobQueue, type JobQueue } from '../../src/jobs/job-queue.ts';
import { type JobsDependencies, type RunningJobs, startJobs } from '../../src/jobs.ts';
import type { Mail } from '../../src/mailer.ts';
import { createIntegrityAuditor } from '../../src/modules/integrity-audits/integrity-auditor.ts';

/** A process that does jobs, as far as the database can tell. */
export interface JobsProcess extends RunningJobs {
  readonly queue: JobQueue;
  readonly mails: readonly Mail[];
}

export interface JobsProcessOptions
  extends Partial<Pick<JobsDependencies, 'schedules' | 'mailer' | 'timing'>> {
  readonly documents?: JobsDependencies['services']['documents'];
  readonly allowLoopbackWebhooks?: boolean;
}

/** Never, as far as a test lasts. */
export const NEVER = '0 0 29 2 *';
export const neverScheduled = { 'sla-breaches': NEVER, 'integrity-audit': NEVER, 'clean-up': NEVER };

const emptyStore: JobsDependencies['services']['documents'] = {
  remove: () => Promise.resolve(),
  // oxlint-disable-next-line require-yield -- there is nothing in it
  list: async function* nothing() {
    await Promise.resolve();
  },
};

/** Starts jobs on the database of the URL, quicker than in production, with schedules that never come unless given. */
export async function startJobsProcess(
  connectionString: string,
  {
    schedules,
    mailer,
    timing,
    documents = emptyStore,
    allowLoopbackWebhooks = true,
  }: JobsProcessOptions = {},
): Promise<JobsProcess> {
  const { log } = fastify();
  const mails: Mail[] = [];
  const database = openDatabase({ connectionString });
  const queue = createJobQueue({
    connectionString,
    works: true,
    onError: (error) => log.error(error),
    pollSeconds: 1,
    superviseSeconds: 1,
    scheduleSeconds: 1,
  });
  const integrityAuditor = createIntegrityAuditor({
    connectionString,
    onStored: (client, stored) => announceAudit({ queue, log }, client, stored),
  });
  const close = async () => {
    await queue.close();
    await integrityAuditor.close();
    await database.close();
  };
  await startJobs({
    database,
    queue,
    services: { log, clock: () => new Date(), documents, integrityAuditor, allowLoopbackWebhooks },
    appUrl: 'https://apms.example/',
    mailer: mailer ?? { send: async (mail) => void mails.push(mail) },
    schedules: { ...neverScheduled, ...schedules },
    timing: { pollSeconds: 0.5, ...timing },
  }).catch(async (error: unknown) => {
    await close();
    throw error;
  });
  return { queue, mails, stop: close };
}
