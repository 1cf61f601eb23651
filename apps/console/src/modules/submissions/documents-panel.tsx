import type { SubmissionDetails, SubmissionDocument } from '@apms/validators';
import { useMutation } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { useTranslations } from 'use-intl';
import { useWorkspace } from '../../session/use-workspace.ts';
import { Panel } from '../../ui/panel.tsx';
import { DocumentRow } from './document-row.tsx';
import { SubmissionError } from './submission-error.tsx';
import { takesDocuments } from './submission-offers.ts';

// With its schemas and the drop zone, for those who add documents.
const AttachDocuments = lazy(async () => ({
  default: (await import('./attach-documents.tsx')).AttachDocuments,
}));

export interface DocumentsPanelProps {
  readonly submission: SubmissionDetails;
  /** Told when files begin to be sent, and when none is on its way any more. */
  readonly onUploading: (isUploading: boolean) => void;
}

/** The documents of every revision, the latest first; those of the one in preparation can be added and taken off. */
export function DocumentsPanel({ submission, onUploading }: DocumentsPanelProps) {
  const t = useTranslations('submissions');
  const { can, client, queryClient, trpc } = useWorkspace();
  const { id: submissionId, status, revisionNumber } = submission;
  const detach = useMutation({
    mutationFn: (documentId: string) =>
      client.submissions.detachDocument.mutate({ submissionId, documentId }),
    onSettled: () => queryClient.invalidateQueries(trpc.submissions.pathFilter()),
  });
  const canChange = can('submissions.write') && takesDocuments(status);
  const working = status === 'RECTIFICATION' ? revisionNumber + 1 : revisionNumber;
  const byRevision = Map.groupBy(submission.documents, (document) => document.revisionNumber);
  const revisions = [...byRevision].toSorted(([a], [b]) => b - a);
  return (
    <Panel title={t('documents')}>
      <div className="flex flex-col gap-4">
        {revisions.length === 0 && (
          <p className="text-quiet">{t(canChange ? 'addDocuments' : 'noDocuments')}</p>
        )}
        {revisions.map(([revision, documents]) => (
          <Revision
            key={revision}
            revision={revision}
            documents={documents}
            onDetach={canChange && revision === working ? detach.mutate : undefined}
            detaching={detach.isPending ? detach.variables : undefined}
          />
        ))}
        {detach.error !== null && <SubmissionError error={detach.error} />}
        {canChange && can('documents.write') && (
          <Suspense>
            <AttachDocuments submissionId={submissionId} revision={working} onUploading={onUploading} />
          </Suspense>
        )}
      </div>
    </Panel>
  );
}

interface RevisionProps {
  readonly revision: number;
  readonly documents: readonly SubmissionDocument[];
  readonly onDetach: ((documentId: string) => void) | undefined;
  readonly detaching: string | undefined;
}

function Revision({ revision, documents, onDetach, detaching }: RevisionProps) {
  const t = useTranslations('submissions');
  return (
    <section>
      <h3 className="mb-1 text-sm font-semibold text-quiet">{t('revision', { number: revision })}</h3>
      <ul className="divide-y divide-line">
        {documents.map((document) => (
          <DocumentRow
            key={document.documentId}
            document={document}
            onDetach={onDetach}
            isDetaching={detaching === document.documentId}
          />
        ))}
      </ul>
    </section>
  );
}
