import type { DeploymentReport } from '@apms/validators';
import { useFormatter, useTranslations } from 'use-intl';
import { Fold } from '../../ui/fold.tsx';
import { Panel } from '../../ui/panel.tsx';
import { SmallTable } from '../../ui/small-table.tsx';

type RowCount = DeploymentReport['rowCounts'][number];

/** How many rows each table had and has; the tables in which nothing happened are folded. */
export function RowsPanel({ rowCounts }: Pick<DeploymentReport, 'rowCounts'>) {
  const t = useTranslations('deployments');
  if (rowCounts.length === 0) return null;
  const [changed, same] = [rowCounts.filter(hasChanged), rowCounts.filter((rows) => !hasChanged(rows))];
  // Where nothing was written, nobody counted again.
  const isCounted = rowCounts.some(({ after }) => after !== null);
  const fold = t(isCounted ? 'rows.same' : 'rows.inBackup', {
    count: same.length,
    rows: same.reduce((sum, { before }) => sum + (before ?? 0), 0),
  });
  return (
    <Panel title={t('sections.rows')}>
      <div className="flex flex-col gap-3 text-sm">
        {isCounted && <p className="text-quiet">{t('rows.note')}</p>}
        {changed.length > 0 && <CountsTable caption={t('rows.changed')} rowCounts={changed} />}
        {same.length > 0 && (
          <Fold title={fold}>
            <CountsTable caption={fold} rowCounts={same} />
          </Fold>
        )}
      </div>
    </Panel>
  );
}

function hasChanged({ before, after, byMigrations }: RowCount): boolean {
  return byMigrations !== 0 || (after !== null && before !== after);
}

interface CountsTableProps {
  readonly caption: string;
  readonly rowCounts: readonly RowCount[];
}

function CountsTable({ caption, rowCounts }: CountsTableProps) {
  const t = useTranslations('deployments');
  const formatter = useFormatter();
  const count = (rows: number | null) => rows !== null && formatter.number(rows);
  const signed = (change: number) => change !== 0 && formatter.number(change, { signDisplay: 'exceptZero' });
  return (
    <SmallTable
      caption={caption}
      columns={[
        { head: t('table') },
        { head: t('rows.before'), align: 'right' },
        { head: t('rows.after'), align: 'right' },
        { head: t('rows.change'), align: 'right' },
        { head: t('rows.byMigrations'), align: 'right' },
      ]}
      rows={rowCounts.map(({ table, before, after, byMigrations }) => ({
        id: table,
        cells: [
          table,
          count(before),
          count(after),
          before !== null && after !== null && signed(after - before),
          signed(byMigrations),
        ],
      }))}
    />
  );
}
