import type { DeploymentReport } from '@apms/validators';
import type { Block } from '../document.ts';
import { formatCount } from '../format.ts';

/** The rows that refer to nothing, by foreign key. */
export function orphansBlocks({ orphans }: DeploymentReport): Block[] {
  if (orphans.length === 0) return [];
  return [
    {
      kind: 'table',
      caption: 'Rows that refer to a row that is not there',
      columns: [
        { head: 'foreign key' },
        { head: 'table' },
        { head: 'rows', figures: true },
        { head: 'for example' },
      ],
      rows: orphans.map(({ foreignKey, table, count, sampleIds }) => [
        [{ code: foreignKey }],
        [{ code: table }],
        formatCount(count),
        [{ code: sampleIds.join(', ') }],
      ]),
    },
  ];
}
