import { appErrorOf } from '@apms/client';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { useWorkspace } from '../../session/use-workspace.ts';
import { ActionError } from '../../ui/action-error.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { textLinkLook } from '../../ui/text-link-look.ts';
import { NoActiveConfiguration } from './no-active-configuration.tsx';

/** Why a submission cannot go on, with the way to what stands against it. */
export function SubmissionError({ error }: { readonly error: unknown }) {
  const t = useTranslations('submissions.error');
  const { workspace } = useWorkspace();
  const appError = appErrorOf(error);
  if (appError?.code === 'CONFIG_VERSION_MISSING') return <NoActiveConfiguration />;
  if (appError?.code === 'SUBMISSION_OPEN') {
    return (
      <ErrorNote error={error}>
        <OpenSubmission submissionNumber={appError.submissionNumber} />
      </ErrorNote>
    );
  }
  if (appError?.code === 'PUNCHLIST_NOT_CLOSED') {
    return (
      <ErrorNote error={error}>
        <Link
          to="/w/$workspaceCode/punchlists"
          params={{ workspaceCode: workspace.code }}
          search={{ submissionId: appError.submissionId, status: 'all' }}
          className={textLinkLook}
        >
          {t('toItems')}
        </Link>
      </ErrorNote>
    );
  }
  return <ActionError error={error} states="SubmissionStatus" />;
}

/** The submission that is in the way; its number is all that the error knows. */
function OpenSubmission({ submissionNumber }: { readonly submissionNumber: string }) {
  const t = useTranslations('submissions.error');
  const { trpc, workspace } = useWorkspace();
  const { data } = useQuery(trpc.submissions.list.queryOptions({ search: submissionNumber, limit: 1 }));
  const open = data?.items[0];
  if (open === undefined) return null;
  return (
    <Link
      to="/w/$workspaceCode/submissions/$submissionId"
      params={{ workspaceCode: workspace.code, submissionId: open.id }}
      className={textLinkLook}
    >
      {t('toOpen', { submissionNumber })}
    </Link>
  );
}
