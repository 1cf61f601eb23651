import type { DeploymentReport, MigrationRun } from '@apms/validators';
import type { Block } from '../document.ts';
import { formatDuration, plural } from '../format.ts';
import { blockingLocks } from './strongest-locks.ts';

/** More are folded. */
const MANY = 40;

const duration = (run: MigrationRun | null) => (run === null ? null : formatDuration(run.durationMs));

/** The pending migrations, and how long each one took in the rehearsal and on the target. */
export function migrationsBlocks({ migrations }: DeploymentReport): Block[] {
  if (migrations.length === 0) return [];
  return [
    {
      kind: 'table',
      caption: 'Pending migrations, rehearsed and applied',
      columns: [
        { head: 'migration' },
        { head: 'rehearsed', figures: true },
        { head: 'on the target', figures: true },
        { head: 'tables locked', figures: true },
        { head: 'SHA-256' },
      ],
      rows: migrations.map(({ name, checksum, rehearsed, applied }) => [
        [{ code: name }],
        duration(rehearsed),
        duration(applied),
        String(blockingLocks(applied ?? rehearsed).length),
        [{ code: `${checksum.slice(0, 12)}…` }],
      ]),
      ...(migrations.length > MANY && { folded: plural(migrations.length, 'migration') }),
    },
  ];
}
