import type { Queue } from 'pg-boss';

/** Schema of the queue library's own tables. */
export const QUEUE_SCHEMA = 'pgboss';

/** The role as which the queue is used; see migration `api_runtime`. */
export const QUEUE_ROLE = 'apms_jobs';

/** Work that is done again and again, at most one at a time in all processes. */
export const scheduledQueues = ['sla-breaches', 'integrity-audit', 'clean-up'] as const;
export type ScheduledQueue = (typeof scheduledQueues)[number];

/** Messages on their way to somebody outside; each is tried on its own. */
export const alertQueues = ['alert-mail', 'alert-webhook'] as const;
export type AlertQueue = (typeof alertQueues)[number];

/** When each is done, as cron in UTC. */
export const defaultSchedules: Readonly<Record<ScheduledQueue, string>> = {
  'sla-breaches': '* * * * *',
  'integrity-audit': '15 2 * * *',
  'clean-up': '45 3 * * *',
};

const DAY_SECONDS = 24 * 60 * 60;

/**
 * A worker says every few seconds that it is alive; one that does not is taken for dead, and its job is done by
 * another. Whatever happens, no run lasts longer than `expireInSeconds`.
 */
const scheduled = {
  policy: 'exclusive',
  heartbeatSeconds: 30,
  retryLimit: 2,
  retryDelay: 10,
  retryBackoff: true,
  deleteAfterSeconds: 7 * DAY_SECONDS,
} as const;

/** Tried for about half a day. */
const alert = {
  policy: 'standard',
  expireInSeconds: 60,
  retryLimit: 12,
  retryDelay: 20,
  retryBackoff: true,
  retryDelayMax: 2 * 60 * 60,
  deleteAfterSeconds: 14 * DAY_SECONDS,
} as const;

/** What the queue library is told of each queue, when it is installed. */
export const queueSettings: Readonly<Record<ScheduledQueue | AlertQueue, Omit<Queue, 'name'>>> = {
  'sla-breaches': { ...scheduled, expireInSeconds: 5 * 60 },
  'integrity-audit': { ...scheduled, expireInSeconds: 30 * 60 },
  'clean-up': { ...scheduled, expireInSeconds: 60 * 60 },
  'alert-mail': alert,
  'alert-webhook': alert,
};
