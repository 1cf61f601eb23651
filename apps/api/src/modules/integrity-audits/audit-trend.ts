import { Prisma } from '@apms/db';
import type { IntegrityTrend, IntegrityTrendInput, IntegrityTrendPoint, Produced } from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';
import { AppError } from '../../errors.ts';

const bucketHours = { hour: 1, day: 24 } as const;
const HOUR_MS = 60 * 60 * 1000;
const DEFAULT_PERIOD_MS = 30 * 24 * HOUR_MS;
const MAX_BUCKETS = 1_000;

/** @throws {AppError} INPUT_INVALID for a period that ends before it starts, or has too many buckets */
export async function auditTrend(
  { db, now }: WorkspaceContext,
  { since, until, bucket }: IntegrityTrendInput,
): Promise<Produced<typeof IntegrityTrend>> {
  const end = until === undefined ? now : new Date(until);
  const start = since === undefined ? new Date(end.getTime() - DEFAULT_PERIOD_MS) : new Date(since);
  const buckets = (end.getTime() - start.getTime()) / (bucketHours[bucket] * HOUR_MS);
  if (buckets < 0 || buckets > MAX_BUCKETS) throw new AppError({ code: 'INPUT_INVALID' });
  const points = await db.query<Produced<typeof IntegrityTrendPoint>[]>(Prisma.sql`
    with found as (
      select date_trunc(${bucket}, started_at, 'UTC') as bucket, count(*)::int as runs, max(orphans_total) as orphans,
             max(checks_failed) as checks_failed,
             (array['HEALTHY', 'WARNING', 'CRITICAL'])[
               max(array_position(array['HEALTHY', 'WARNING', 'CRITICAL'], health))] as health
      from data_integrity_audit_log
      where started_at >= ${start} and started_at < ${end}
      group by 1
    )
    select bucket as "bucketStart", coalesce(runs, 0) as runs, orphans, checks_failed as "checksFailed", health
    from generate_series(date_trunc(${bucket}, ${start}::timestamptz, 'UTC'), ${end}::timestamptz,
                         make_interval(hours => ${bucketHours[bucket]}::int)) bucket
    left join found using (bucket)
    order by bucket`);
  return { bucket, points };
}
