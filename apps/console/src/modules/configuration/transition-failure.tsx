import { isAppError } from '@apms/client';
import type { ConfigVersion } from '@apms/validators';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { valuesOf } from '../../messages/values-of.ts';
import { useWorkspace } from '../../session/use-workspace.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { useValueText } from '../../ui/use-value-text.ts';
import { VersionLink } from './version-link.tsx';
import { activeVersionsQuery } from './versions-query.ts';

export interface TransitionFailureProps {
  readonly sourceType: ConfigVersion['sourceType'];
  readonly error: unknown;
}

/** Why nothing was done with a version, and where to look now. */
export function TransitionFailure({ sourceType, error }: TransitionFailureProps) {
  const t = useTranslations('configVersion.failed');
  const text = useConflictText(error);
  const { trpc } = useWorkspace();
  const { data } = useQuery(activeVersionsQuery({ trpc }));
  const active = data?.items.find((version) => version.sourceType === sourceType);
  if (text === null) return <ErrorNote error={error} />;
  return (
    <div role="alert" className="flex flex-col gap-2 rounded-md bg-bad-soft p-3 text-sm">
      <p>{text}</p>
      {active !== undefined && (
        <p>
          {t('look')}: <VersionLink version={active} />
        </p>
      )}
    </div>
  );
}

/** The sentence for what somebody else's being faster leads to; null for anything else. */
function useConflictText(error: unknown): string | null {
  const t = useTranslations('configVersion.failed');
  const valueText = useValueText();
  if (isAppError(error, 'ENTITY_NOT_FOUND')) return t('gone');
  if (isAppError(error, 'CONFIG_VERSION_CONFLICT')) return t('conflict');
  if (isAppError(error, 'CONFIG_VERSION_OUTDATED')) {
    return t('outdated', { number: error.data.appError.activeVersionNumber });
  }
  if (isAppError(error, 'CONFIG_VERSION_ACTIVE')) {
    return t('changed', { status: valueText('ConfigVersionStatus', 'ACTIVE') });
  }
  if (!isAppError(error, 'TRANSITION_ILLEGAL')) return null;
  const { from } = error.data.appError;
  const status = valuesOf('ConfigVersionStatus').find((one) => one === from);
  return status === undefined ? null : t('changed', { status: valueText('ConfigVersionStatus', status) });
}
