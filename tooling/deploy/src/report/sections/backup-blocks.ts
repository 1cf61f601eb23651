import type { DeploymentReport } from '@apms/validators';
import type { Block } from '../document.ts';
import { formatBytes, formatDuration } from '../format.ts';

/** Which backup there is, and what is known of it. */
export function backupBlocks({ backup }: DeploymentReport): Block[] {
  if (backup === null) return [];
  const { id, driver, location, sizeBytes, databaseSizeBytes, durationMs, proven } = backup;
  return [
    {
      kind: 'paragraph',
      text: [
        { code: id },
        ` by ${driver}: ${formatBytes(sizeBytes)} of a database of ${formatBytes(databaseSizeBytes)}, in ${formatDuration(durationMs)}; `,
        proven
          ? { mark: 'good', text: 'restored and compared row by row' }
          : { mark: 'caution', text: 'checksummed, not restored' },
        '.',
      ],
    },
    { kind: 'paragraph', text: ['In ', { code: location }] },
  ];
}
