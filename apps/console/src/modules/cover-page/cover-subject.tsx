import type { SubmissionDetails } from '@apms/validators';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { Time } from '../../ui/time.tsx';
import { ValueText } from '../../ui/value-text.tsx';
import { CoverSection } from './cover-section.tsx';

/** What was submitted, by whom and when. */
export function CoverSubject({ submission }: { readonly submission: SubmissionDetails }) {
  const t = useTranslations('submissions.fields');
  const tCover = useTranslations('coverPage');
  const tSubmissions = useTranslations('submissions');
  return (
    <CoverSection title={tCover('subject')}>
      <dl className="grid grid-cols-1 gap-x-8 gap-y-1 sm:grid-cols-2 print:grid-cols-2">
        <Line name={t('site')}>
          {submission.siteCode}, {submission.siteName}
        </Line>
        <Line name={t('vendor')}>{submission.vendorName ?? tSubmissions('noVendor')}</Line>
        <Line name={t('scope')}>{submission.scopeName}</Line>
        <Line name={t('category')}>
          <ValueText set="AtpCategory" value={submission.atpCategory} />
        </Line>
        <Line name={t('creator')}>{submission.submittedByName}</Line>
        <Line name={t('submitted')}>
          {submission.submittedAt === null ? (
            tSubmissions('notSubmitted')
          ) : (
            <Time value={submission.submittedAt} />
          )}
        </Line>
        {submission.completedAt !== null && (
          <Line name={t('completed')}>
            <Time value={submission.completedAt} />
          </Line>
        )}
      </dl>
    </CoverSection>
  );
}

function Line({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className="flex gap-2">
      <dt className="w-24 shrink-0">{name}</dt>
      <dd className="min-w-0 font-medium break-words">{children}</dd>
    </div>
  );
}
