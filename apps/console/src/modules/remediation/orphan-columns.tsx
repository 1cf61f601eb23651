import type { OrphanRow } from '@apms/validators';
import type { useTranslations } from 'use-intl';
import { type Column, columnsOf } from '../../ui/table-columns.ts';
import { columnText, rowText } from './row-text.ts';

const { display } = columnsOf<OrphanRow>();

/** `keys` are the columns of the foreign key. */
export function orphanColumns(
  t: ReturnType<typeof useTranslations<'remediation'>>,
  keys: readonly string[],
): Column<OrphanRow>[] {
  const telling = keys.filter((column) => column !== 'workspace_id');
  return [
    display({
      id: 'row',
      header: t('columns.row'),
      cell: ({ row: { original } }) => <code className="text-xs break-all">{original.rowId}</code>,
    }),
    display({
      id: 'reference',
      header: t('columns.reference'),
      cell: ({ row: { original } }) => (
        <code className="text-xs break-all">
          {telling.map((column) => columnText(original.row[column])).join(', ')}
        </code>
      ),
    }),
    display({
      id: 'content',
      header: t('columns.content'),
      cell: ({ row: { original } }) => rowText(original.row, keys),
      meta: { width: 'w-1/2', hideBelow: 'md' },
    }),
  ];
}
