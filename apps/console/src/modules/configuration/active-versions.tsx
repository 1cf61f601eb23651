import type { ConfigVersion } from '@apms/validators';
import { CircleCheckBig, TriangleAlert } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Panel } from '../../ui/panel.tsx';
import { Time } from '../../ui/time.tsx';
import { VersionLink } from './version-link.tsx';

/** What new workflows are routed by, before everything else on the page. */
export function ActiveVersions({ versions }: { readonly versions: readonly ConfigVersion[] }) {
  const t = useTranslations('configuration.active');
  const hasMatrix = versions.some(({ sourceType }) => sourceType === 'APPROVAL_MATRIX');
  return (
    <Panel title={t('title')}>
      <ul className="flex flex-col gap-2">
        {versions.map((version) => (
          <li key={version.id} className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <CircleCheckBig aria-hidden className="size-5 shrink-0 text-good" />
            <VersionLink version={version} />
            {version.activatedAt !== null && (
              <span className="text-quiet">
                {t('since')} <Time value={version.activatedAt} />
              </span>
            )}
            <span className="text-quiet">{version.sourceFileName}</span>
          </li>
        ))}
        {!hasMatrix && (
          <li className="flex gap-3">
            <TriangleAlert aria-hidden className="mt-0.5 size-5 shrink-0 text-warn" />
            <div>
              <p className="font-medium">{t('none')}</p>
              <p className="text-quiet">{t('noneText')}</p>
            </div>
          </li>
        )}
      </ul>
    </Panel>
  );
}
