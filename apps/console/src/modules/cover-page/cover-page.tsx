import { useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ArrowLeft, Printer } from 'lucide-react';
import { useFormatter, useTimeZone, useTranslations } from 'use-intl';
import { useWorkspace } from '../../session/use-workspace.ts';
import { Button, buttonLooks } from '../../ui/button.tsx';
import { Time } from '../../ui/time.tsx';
import { ValueText } from '../../ui/value-text.tsx';
import { CoverApprovals } from './cover-approvals.tsx';
import { CoverDocuments } from './cover-documents.tsx';
import { CoverItems } from './cover-items.tsx';
import { coverQuery } from './cover-query.ts';
import { CoverSubject } from './cover-subject.tsx';

const utc = { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' } as const;

/** A page to print and file: what was submitted, who approved it when, and what is open. Black on white in every theme. */
export function CoverPage({ submissionId }: { readonly submissionId: string }) {
  const t = useTranslations('coverPage');
  const formatter = useFormatter();
  const zone = useTimeZone();
  const { workspace, ...api } = useWorkspace();
  const { data: cover } = useSuspenseQuery(coverQuery(api, submissionId));
  const { submission } = cover;
  return (
    <>
      <title>{`${t('tab', { number: submission.submissionNumber })} · APMS`}</title>
      <div className="mx-auto mb-4 flex max-w-[210mm] flex-wrap justify-between gap-2 print:hidden">
        <Link
          to="/w/$workspaceCode/submissions/$submissionId"
          params={{ workspaceCode: workspace.code, submissionId }}
          className={buttonLooks.secondary}
        >
          <ArrowLeft aria-hidden className="size-4" />
          {t('back')}
        </Link>
        <Button
          look="primary"
          icon={<Printer aria-hidden className="size-4" />}
          onClick={() => window.print()}
        >
          {t('print')}
        </Button>
      </div>
      <article className="mx-auto flex max-w-[210mm] scheme-only-light flex-col gap-6 rounded-lg border border-line bg-white p-5 text-sm text-black sm:p-10 print:max-w-none print:rounded-none print:border-0 print:p-0">
        <header className="flex flex-wrap items-end justify-between gap-x-6 gap-y-2 border-b-2 border-black pb-3">
          <div>
            <p className="text-xs font-semibold tracking-wide uppercase">{workspace.name}</p>
            <h1 className="text-xl font-semibold">{t('title')}</h1>
            <p className="text-lg">
              {t('numberAndRevision', {
                number: submission.submissionNumber,
                revision: submission.revisionNumber,
              })}
            </p>
          </div>
          <p className="rounded border-2 border-black px-3 py-1 text-base font-semibold">
            <ValueText set="SubmissionStatus" value={submission.status} />
          </p>
        </header>
        <CoverSubject submission={submission} />
        <CoverDocuments cover={cover} />
        <CoverApprovals reviews={cover.reviews} />
        <CoverItems items={cover.items} />
        <footer className="border-t border-black pt-2 text-xs">
          {t('asOf')} <Time value={cover.readAt} /> {/* On paper nothing can be pointed at. */}
          {t('zone', { zone: String(zone), utc: formatter.dateTime(new Date(cover.readAt), utc) })}
        </footer>
      </article>
    </>
  );
}
