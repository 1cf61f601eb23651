import { useTranslations } from 'use-intl';
import { Dialog } from '../../ui/dialog.tsx';
import { SmallTable } from '../../ui/small-table.tsx';
import { columnText } from './row-text.ts';

export interface RowDialogProps {
  readonly rowId: string;
  readonly row: Readonly<Record<string, unknown>>;
  /** Why it is where it is. */
  readonly about?: string;
  readonly onClose: () => void;
}

/** A row of the database, whole. */
export function RowDialog({ rowId, row, about, onClose }: RowDialogProps) {
  const t = useTranslations('remediation');
  const title = t('open', { rowId });
  return (
    <Dialog isOpen onClose={onClose} title={title} description={about} size="large">
      <SmallTable
        caption={title}
        columns={[{ head: t('value.column') }, { head: t('value.content') }]}
        rows={Object.entries(row).map(([column, value]) => ({
          id: column,
          cells: [
            <code key="column" className="text-xs">
              {column}
            </code>,
            <span key="value" className="break-all">
              {columnText(value)}
            </span>,
          ],
        }))}
      />
    </Dialog>
  );
}
