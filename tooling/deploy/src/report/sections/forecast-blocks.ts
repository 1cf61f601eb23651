import type { DeploymentReport } from '@apms/validators';
import type { Block, Piece } from '../document.ts';
import { formatDuration, plural } from '../format.ts';

/** More tables are folded. */
const MANY = 12;

/** For how long the rehearsal says that each table is blocked, in the way that was chosen because of it. */
export function forecastBlocks({ lockBudget }: DeploymentReport): Block[] {
  if (lockBudget === null) return [];
  const { mode, together, phased, notPhased, maxLockMs } = lockBudget;
  const phases = mode === 'phased' ? (phased ?? together) : together;
  const forecasts = phases
    .flatMap(({ forecast }) => forecast)
    .toSorted((a, b) => b.writesBlockedMs - a.writesBlockedMs);
  if (forecasts.length === 0) return [];
  const duration = (milliseconds: number): Piece[] => {
    const text = formatDuration(milliseconds);
    return [milliseconds > maxLockMs ? { mark: 'bad', text } : text];
  };
  return [
    ...(notPhased === null ? [] : [{ kind: 'paragraph', text: notPhased } as const]),
    {
      kind: 'table',
      caption: `For how long each table is blocked, by the rehearsal: in ${mode === 'phased' ? plural(phases.length, 'phase') : 'one transaction'}`,
      columns: [
        { head: 'table' },
        { head: 'writes blocked', figures: true },
        { head: 'reads blocked', figures: true },
        { head: 'from' },
      ],
      rows: forecasts.map(({ table, writesBlockedMs, readsBlockedMs, migration, line }) => [
        [{ code: table }],
        duration(writesBlockedMs),
        readsBlockedMs === 0 ? '' : duration(readsBlockedMs),
        [{ code: line === null ? migration : `${migration}:${line}` }],
      ]),
      ...(forecasts.length > MANY && { folded: `Forecast for ${plural(forecasts.length, 'table')}` }),
    },
  ];
}
