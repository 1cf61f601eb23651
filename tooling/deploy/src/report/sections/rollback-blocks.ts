import type { DeploymentReport } from '@apms/validators';
import type { Block, Piece } from '../document.ts';
import { formatCount, formatDuration } from '../format.ts';

type Rollback = NonNullable<DeploymentReport['rollback']>;

/** How the target was put back, and what is only in the database that was replaced. */
export function rollbackBlocks({ rollback }: DeploymentReport): Block[] {
  if (rollback === null) return [];
  const proof: Piece = rollback.verified
    ? { mark: 'good', text: 'Verified: equal to before.' }
    : { mark: 'bad', text: 'Not equal to before in every respect: see the warnings.' };
  return [
    { kind: 'paragraph', text: [...wayOf(rollback), ' ', proof] },
    ...(rollback.way === 'swap-back' ? leftBehind(rollback) : []),
  ];
}

function wayOf({ way, lockedMs, quarantine }: Rollback): Piece[] {
  switch (way) {
    case 'transaction':
      return ['The transaction was rolled back; what the application wrote meanwhile is there.'];
    case 'inverses':
      return [
        'The transaction was rolled back and what ran outside it undone; what the application wrote meanwhile is there.',
      ];
    case 'swap-back':
      return [
        `The backup was restored and swapped in; nobody could connect for ${formatDuration(lockedMs ?? 0)}. The replaced database is kept as `,
        { code: quarantine ?? '' },
        '.',
      ];
  }
}

function leftBehind({ leftBehind: left }: Rollback): Block[] {
  if (left === null)
    return [
      {
        kind: 'paragraph',
        text: 'What was written since the backup could not be counted: see the warnings.',
      },
    ];
  if (left.length === 0) return [{ kind: 'paragraph', text: 'Nothing was written since the backup.' }];
  return [
    {
      kind: 'table',
      caption: 'Written since the backup, and now only in the replaced database',
      columns: [
        { head: 'table' },
        { head: 'rows inserted or updated', figures: true },
        { head: 'rows updated or deleted', figures: true },
      ],
      rows: left.map(({ table, written, updatedOrDeleted }) => [
        [{ code: table }],
        formatCount(written),
        formatCount(updatedOrDeleted),
      ]),
    },
  ];
}
