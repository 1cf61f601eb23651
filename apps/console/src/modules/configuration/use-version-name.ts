import type { ConfigVersion } from '@apms/validators';
import { useTranslations } from 'use-intl';
import { useValueText } from '../../ui/use-value-text.ts';

/** What people call a version: "Approval matrix 12". */
export function useVersionName(): (version: Pick<ConfigVersion, 'sourceType' | 'versionNumber'>) => string {
  const t = useTranslations('configuration');
  const valueText = useValueText();
  return ({ sourceType, versionNumber }) =>
    t('versionName', { source: valueText('ConfigSourceType', sourceType), number: versionNumber });
}
