import type { Submission } from '@apms/validators';
import { Link } from '@tanstack/react-router';
import type { useTranslations } from 'use-intl';
import { type Column, columnsOf } from '../../ui/table-columns.ts';
import { Time } from '../../ui/time.tsx';
import { ValueBadge } from '../../ui/value-badge.tsx';
import { ValueText } from '../../ui/value-text.tsx';

const { display } = columnsOf<Submission>();

export function submissionColumns(
  t: ReturnType<typeof useTranslations<'submissions'>>,
  workspaceCode: string,
): Column<Submission>[] {
  return [
    display({
      id: 'number',
      header: t('fields.submission'),
      cell: ({ row: { original: submission } }) => (
        <>
          <Link
            to="/w/$workspaceCode/submissions/$submissionId"
            params={{ workspaceCode, submissionId: submission.id }}
            className="font-medium underline-offset-2 hover:underline"
          >
            {submission.submissionNumber}
          </Link>
          <br />
          <span className="text-quiet">{t('revision', { number: submission.revisionNumber })}</span>
        </>
      ),
    }),
    display({
      id: 'site',
      header: t('fields.site'),
      cell: ({ row: { original: submission } }) => (
        <>
          {submission.siteCode}
          <br />
          <span className="text-quiet">{submission.siteName}</span>
        </>
      ),
    }),
    display({
      id: 'scope',
      header: t('fields.scope'),
      cell: ({ row: { original: submission } }) => (
        <>
          {submission.scopeName}
          <br />
          <span className="text-quiet">
            <ValueText set="AtpCategory" value={submission.atpCategory} />
          </span>
        </>
      ),
      meta: { hideBelow: 'md' },
    }),
    display({
      id: 'vendor',
      header: t('fields.vendor'),
      cell: ({ row: { original: submission } }) =>
        submission.vendorName ?? <span className="text-quiet">{t('noVendor')}</span>,
      meta: { hideBelow: 'lg' },
    }),
    display({
      id: 'status',
      header: t('fields.status'),
      cell: ({ row: { original: submission } }) => (
        <ValueBadge set="SubmissionStatus" value={submission.status} />
      ),
      meta: { width: 'w-32 sm:w-52' },
    }),
    display({
      id: 'submitted',
      header: t('fields.submitted'),
      cell: ({ row: { original: submission } }) =>
        submission.submittedAt === null ? (
          <span className="text-quiet">{t('notSubmitted')}</span>
        ) : (
          <Time value={submission.submittedAt} />
        ),
      meta: { width: 'w-48', hideBelow: 'lg' },
    }),
  ];
}
