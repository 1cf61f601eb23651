import { useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Printer } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useWorkspace } from '../../session/use-workspace.ts';
import { Button, buttonLooks } from '../../ui/button.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { ValueBadge } from '../../ui/value-badge.tsx';
import { DocumentsPanel } from './documents-panel.tsx';
import { HistoryPanel } from './history-panel.tsx';
import { ItemsPanel } from './items-panel.tsx';
import { ReviewsPanel } from './reviews-panel.tsx';
import { SubmissionFacts } from './submission-facts.tsx';
import { type OfferedAction, offersOf, submissionOffers } from './submission-offers.ts';

const SubmissionActionDialog = lazy(async () => ({
  default: (await import('./submission-action-dialog.tsx')).SubmissionActionDialog,
}));

/** One submission with everything that belongs to it, and what its reader may do next. */
export function SubmissionPage({ submissionId }: { readonly submissionId: string }) {
  const t = useTranslations('submissions');
  const { can, trpc, workspace } = useWorkspace();
  const { data: submission } = useSuspenseQuery(trpc.submissions.get.queryOptions({ submissionId }));
  const [isUploading, setIsUploading] = useState(false);
  const [action, setAction] = useState<OfferedAction | null>(null);
  const { submissionNumber, status } = submission;
  const offers = offersOf(status, can);
  return (
    <>
      <PageHeader
        title={submissionNumber}
        about={
          <span className="flex flex-wrap items-center gap-2">
            <ValueBadge set="SubmissionStatus" value={status} />
            <span>{t('revision', { number: submission.revisionNumber })}</span>
            <span>{t(`next.${status}`)}</span>
          </span>
        }
        actions={
          <>
            {offers.map((offer) => (
              <Button key={offer} look={lookOf(offer)} onClick={() => setAction(offer)}>
                {t(`actions.${offer}.label`)}
              </Button>
            ))}
            <Link
              to="/w/$workspaceCode/submissions/$submissionId/cover"
              params={{ workspaceCode: workspace.code, submissionId }}
              className={buttonLooks.secondary}
            >
              <Printer aria-hidden className="size-4" />
              {t('cover')}
            </Link>
          </>
        }
      />
      <div className="grid items-start gap-5 xl:grid-cols-[2fr_1fr]">
        <div className="flex min-w-0 flex-col gap-5">
          <SubmissionFacts submission={submission} />
          <DocumentsPanel submission={submission} onUploading={setIsUploading} />
          <ReviewsPanel submission={submission} />
        </div>
        <div className="flex min-w-0 flex-col gap-5">
          <ItemsPanel submission={submission} />
          <HistoryPanel history={submission.history} />
        </div>
      </div>
      {action !== null && (
        <Suspense>
          <SubmissionActionDialog
            submission={submission}
            action={action}
            isUploading={isUploading}
            onClose={() => setAction(null)}
          />
        </Suspense>
      )}
    </>
  );
}

function lookOf(offer: OfferedAction): 'primary' | 'secondary' | 'ghost' {
  if (submissionOffers[offer].isDangerous) return 'ghost';
  return submissionOffers[offer].comment === 'none' ? 'primary' : 'secondary';
}
