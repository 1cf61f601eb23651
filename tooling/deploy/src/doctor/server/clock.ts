import { formatDuration } from '../../report/format.ts';
import { ok, warning } from '../finding.ts';
import type { ServerCheck } from './context.ts';

const TOLERABLE_MS = 5_000;

/** How far this machine's clock is from the server's, to half of the way there and back. */
export const checkClock: ServerCheck = async ({ client }) => {
  const before = Date.now();
  const { rows } = await client.query<{ now: number }>(
    'select extract(epoch from clock_timestamp())::float8 * 1000 as now',
  );
  const skewMs = (rows[0]?.now ?? before) - (before + Date.now()) / 2;
  if (Math.abs(skewMs) <= TOLERABLE_MS) return [ok('clock', 'the same here and on the server')];
  return [
    warning(
      'clock',
      `The server's clock is ${formatDuration(Math.abs(skewMs))} ${skewMs > 0 ? 'ahead of' : 'behind'} this machine's.`,
      'Ids of deployments, journals and the migration history would not tell what came first.',
      'timedatectl set-ntp true, on whichever is wrong',
    ),
  ];
};
