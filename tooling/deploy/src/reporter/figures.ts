import type { Progress } from '../progress.ts';
import { formatBytes, formatCount, formatDuration } from '../report/format.ts';

/** These take about as long the one as the other, so that a rate foretells the end; an index takes longer than a comment. */
const EVEN = new Set<Progress['unit']>(['bytes', 'rows']);

/** Before this share of it is done, the rate is that of the beginning, and no forecast of the end. */
const TELLING_SHARE = 0.02;

/** How far it is, in one figure: `48 %`. Undefined while nobody knows the whole. */
export function percent({ done, total }: Progress): string | undefined {
  return total === null || total === 0 ? undefined : `${Math.floor((100 * Math.min(done, total)) / total)} %`;
}

/** `412.0 MB of 1.3 GB`, with rate and remaining time where they are known: the longest first. */
export function figures({ unit, done, total }: Progress, perSecond: number | undefined): string[] {
  if (total === null && done === 0) return [];
  const of = unit === 'bytes' ? formatBytes : formatCount;
  const amount = total === null ? of(done) : `${of(done)} of ${of(total)}`;
  const told = [unit === 'bytes' ? amount : `${amount} ${unit}`];
  if (!EVEN.has(unit) || perSecond === undefined || done === total) return told;
  told.push(unit === 'bytes' ? `${of(perSecond)}/s` : `${of(Math.round(perSecond))} ${unit}/s`);
  if (total === null || perSecond <= 0 || done < total * TELLING_SHARE) return told;
  return [...told, `${remaining((total - done) / perSecond)} left`];
}

/** Not to the tenth of a second: it is an estimate. */
function remaining(seconds: number): string {
  return formatDuration(Math.max(1, Math.ceil(seconds)) * 1_000).replace('.0 s', ' s');
}
