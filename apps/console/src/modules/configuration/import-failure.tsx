import { appErrorOf, isAppError } from '@apms/client';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { TriangleAlert } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { explainError } from '../../api/explain-error.ts';
import { useWorkspace } from '../../session/use-workspace.ts';
import { Button, buttonLooks } from '../../ui/button.tsx';
import { useErrorText } from '../../ui/use-error-text.ts';
import { activeVersionsQuery } from './versions-query.ts';

export interface ImportFailureProps {
  readonly fileName: string;
  readonly during: 'uploading' | 'importing';
  readonly error: unknown;
  readonly onRetry: () => void;
  readonly onChooseOther: () => void;
}

/** The compound files of old Office, which a protected workbook is wrapped in too. */
const COMPOUND_FILE = 'application/x-cfb';
/** With the same file they fail for the same reason. */
const FINAL = [
  'DOCUMENT_TYPE_REFUSED',
  'DOCUMENT_EMPTY',
  'DOCUMENT_TOO_LARGE',
  'WORKBOOK_UNREADABLE',
  'CONFIG_VERSION_UNCHANGED',
  'PERMISSION_DENIED',
];

/** Why a workbook was not imported, and what to do now. */
export function ImportFailure({ fileName, during, error, onRetry, onChooseOther }: ImportFailureProps) {
  const t = useTranslations('configuration');
  const tCommon = useTranslations('common');
  const reason = useReason(fileName, during, error);
  const appError = appErrorOf(error);
  return (
    <div role="alert" className="flex max-w-2xl gap-3 rounded-md bg-bad-soft p-4">
      <TriangleAlert aria-hidden className="mt-0.5 size-5 shrink-0 text-bad" />
      <div className="flex min-w-0 flex-1 flex-col gap-3">
        <div>
          <p className="font-semibold">{t('refused.title')}</p>
          <p className="break-words">{reason}</p>
        </div>
        <div className="flex flex-wrap gap-2">
          {!FINAL.includes(appError?.code ?? '') && (
            <Button look="primary" onClick={onRetry}>
              {tCommon('retry')}
            </Button>
          )}
          {appError?.code === 'CONFIG_VERSION_UNCHANGED' && (
            <ActiveVersionLink number={appError.activeVersionNumber} />
          )}
          <Button onClick={onChooseOther}>{t('import.chooseOther')}</Button>
        </div>
      </div>
    </div>
  );
}

function useReason(name: string, during: ImportFailureProps['during'], error: unknown): string {
  const t = useTranslations('configuration.refused');
  const errorText = useErrorText();
  // A part of the console that could not be read is missing for the same reason.
  const isLost = ['unreachable', 'missingPart'].includes(explainError(error).kind);
  if (isLost) return t(during === 'uploading' ? 'lostUploading' : 'lostImporting', { name });
  if (isAppError(error, 'DOCUMENT_TYPE_REFUSED')) {
    const { mediaType } = error.data.appError;
    return t(mediaType === COMPOUND_FILE ? 'protected' : 'content', { name });
  }
  if (isAppError(error, 'DOCUMENT_EMPTY')) return t('empty', { name });
  if (isAppError(error, 'WORKBOOK_UNREADABLE')) {
    return t('unreadable', { reason: error.data.appError.reason });
  }
  if (isAppError(error, 'CONFIG_VERSION_UNCHANGED')) {
    return t('unchanged', { number: error.data.appError.activeVersionNumber });
  }
  return errorText(error);
}

function ActiveVersionLink({ number }: { readonly number: number }) {
  const t = useTranslations('configuration.refused');
  const { workspace, trpc } = useWorkspace();
  const { data } = useQuery(activeVersionsQuery({ trpc }));
  const version = data?.items.find(({ versionNumber }) => versionNumber === number);
  if (version === undefined) return null;
  return (
    <Link
      to="/w/$workspaceCode/configuration/$configVersionId"
      params={{ workspaceCode: workspace.code, configVersionId: version.id }}
      className={buttonLooks.primary}
    >
      {t('openActive', { number })}
    </Link>
  );
}
