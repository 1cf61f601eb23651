import type { ConfigVersion } from '@apms/validators';
import { useFormatter, useTranslations } from 'use-intl';
import { Field } from '../../ui/field.tsx';
import { useValueText } from '../../ui/use-value-text.ts';
import { useVersionName } from './use-version-name.ts';

export interface VersionSelectProps {
  readonly label: string;
  readonly value: string | undefined;
  readonly versions: readonly ConfigVersion[];
  readonly onSelect: (configVersionId: string | undefined) => void;
}

/** One of the versions. */
export function VersionSelect({ label, value, versions, onSelect }: VersionSelectProps) {
  const t = useTranslations('configComparison');
  const formatter = useFormatter();
  const versionName = useVersionName();
  const valueText = useValueText();
  return (
    <Field label={label}>
      <select value={value ?? ''} onChange={({ target }) => onSelect(target.value || undefined)}>
        <option value="">{t('choose')}</option>
        {versions.map((version) => (
          <option key={version.id} value={version.id}>
            {t('option', {
              name: versionName(version),
              status: valueText('ConfigVersionStatus', version.status),
              date: formatter.dateTime(new Date(version.importedAt), { dateStyle: 'medium' }),
            })}
          </option>
        ))}
      </select>
    </Field>
  );
}
