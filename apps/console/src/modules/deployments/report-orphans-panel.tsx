import type { DeploymentReport } from '@apms/validators';
import { useFormatter, useTranslations } from 'use-intl';
import { Panel } from '../../ui/panel.tsx';
import { SmallTable } from '../../ui/small-table.tsx';

/** The rows that refer to nothing, by foreign key. */
export function ReportOrphansPanel({ orphans }: Pick<DeploymentReport, 'orphans'>) {
  const t = useTranslations('deployments');
  const formatter = useFormatter();
  if (orphans.length === 0) return null;
  return (
    <Panel title={t('sections.orphans')}>
      <SmallTable
        caption={t('orphans.caption')}
        isCaptionShown
        columns={[
          { head: t('orphans.key') },
          { head: t('table') },
          { head: t('orphans.rows'), align: 'right' },
        ]}
        rows={orphans.map(({ foreignKey, table, count }) => ({
          id: foreignKey,
          cells: [
            <code key="key" className="text-xs">
              {foreignKey}
            </code>,
            table,
            formatter.number(count),
          ],
        }))}
      />
    </Panel>
  );
}
