import type { DeploymentReport } from '@apms/validators';
import { useFormatter, useTranslations } from 'use-intl';
import { Badge } from '../../ui/badge.tsx';
import { Panel } from '../../ui/panel.tsx';
import { SmallTable } from '../../ui/small-table.tsx';
import { useDuration } from '../../ui/use-duration.ts';

/** How the target was put back, and what is only in the database that was replaced. */
export function RollbackPanel({ rollback }: Pick<DeploymentReport, 'rollback'>) {
  const t = useTranslations('deployments');
  const formatter = useFormatter();
  const duration = useDuration();
  if (rollback === null) return null;
  const { way, verified, quarantine, lockedMs, leftBehind } = rollback;
  return (
    <Panel title={t('sections.rollback')}>
      <div className="flex flex-col gap-3 text-sm">
        <p className="break-words">
          {way === 'swap-back'
            ? t('rollback.swap-back', { duration: duration(lockedMs ?? 0), quarantine: quarantine ?? '' })
            : t(`rollback.${way}`)}
        </p>
        <p>
          <Badge tone={verified ? 'good' : 'bad'}>
            {t(verified ? 'rollback.verified' : 'rollback.unequal')}
          </Badge>
        </p>
        {way === 'swap-back' && leftBehind === null && <p>{t('rollback.uncounted')}</p>}
        {way === 'swap-back' && leftBehind?.length === 0 && <p>{t('rollback.nothing')}</p>}
        {way === 'swap-back' && leftBehind !== null && leftBehind.length > 0 && (
          <SmallTable
            caption={t('rollback.caption')}
            isCaptionShown
            columns={[
              { head: t('table') },
              { head: t('rollback.written'), align: 'right' },
              { head: t('rollback.updatedOrDeleted'), align: 'right' },
            ]}
            rows={leftBehind.map(({ table, written, updatedOrDeleted }) => ({
              id: table,
              cells: [table, formatter.number(written), formatter.number(updatedOrDeleted)],
            }))}
          />
        )}
      </div>
    </Panel>
  );
}
