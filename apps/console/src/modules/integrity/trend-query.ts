import type { IntegrityTrendInput } from '@apms/validators';
import type { WorkspaceApi } from '../../api/workspace-api.ts';

const HOUR_MS = 3_600_000;

/** How far back a trend goes. */
export const trendPeriods = { '24h': 24, '7d': 7 * 24, '30d': 30 * 24, '90d': 90 * 24 } as const;
export type TrendPeriod = keyof typeof trendPeriods;
export const trendPeriodNames = ['24h', '7d', '30d', '90d'] as const satisfies readonly TrendPeriod[];

/** The API draws no more points. */
const MAX_POINTS = 1_000;

/** What the trend is about; what is left out is the usual. */
export interface TrendChoice {
  readonly period?: TrendPeriod | undefined;
  readonly bucket?: IntegrityTrendInput['bucket'] | undefined;
}

/** The choice with what is usual where nothing was chosen, and never more points than there can be. */
export function completeTrendChoice({ period = '30d', bucket }: TrendChoice): {
  readonly period: TrendPeriod;
  readonly bucket: IntegrityTrendInput['bucket'];
  readonly canBeHourly: boolean;
} {
  const canBeHourly = trendPeriods[period] < MAX_POINTS;
  const usual = period === '24h' ? 'hour' : 'day';
  return { period, bucket: bucket === 'hour' && !canBeHourly ? 'day' : (bucket ?? usual), canBeHourly };
}

/** Orphans over a period that ends now. It begins with a full hour, so that it stays the same for a while. */
export function trendQuery({ trpc }: Pick<WorkspaceApi, 'trpc'>, choice: TrendChoice) {
  const { period, bucket } = completeTrendChoice(choice);
  const hour = Math.floor(Date.now() / HOUR_MS) * HOUR_MS;
  const since = new Date(hour - trendPeriods[period] * HOUR_MS).toISOString();
  return trpc.integrityAudits.trend.queryOptions({ since, bucket });
}
