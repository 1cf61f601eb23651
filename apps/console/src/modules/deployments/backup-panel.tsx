import type { DeploymentReport } from '@apms/validators';
import { useTranslations } from 'use-intl';
import { Badge } from '../../ui/badge.tsx';
import { Panel } from '../../ui/panel.tsx';
import { useByteSize } from '../../ui/use-byte-size.ts';
import { useDuration } from '../../ui/use-duration.ts';

/** Which backup there is, and what is known of it. */
export function BackupPanel({ backup }: Pick<DeploymentReport, 'backup'>) {
  const t = useTranslations('deployments');
  const duration = useDuration();
  const bytes = useByteSize();
  if (backup === null) return null;
  const { id, driver, location, sizeBytes, databaseSizeBytes, durationMs, proven } = backup;
  return (
    <Panel title={t('sections.backup')}>
      <div className="flex flex-col gap-2 text-sm break-words">
        <p>
          {t('backup.text', {
            id,
            driver,
            size: bytes(sizeBytes),
            whole: bytes(databaseSizeBytes),
            duration: duration(durationMs),
          })}{' '}
          <Badge tone={proven ? 'good' : 'warn'}>{t(proven ? 'backup.proven' : 'backup.checksummed')}</Badge>
        </p>
        <p className="text-quiet">{t('backup.location', { location })}</p>
      </div>
    </Panel>
  );
}
