import type { WorkflowTimeline } from '@apms/validators';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { useWorkspace } from '../../session/use-workspace.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Panel } from '../../ui/panel.tsx';
import { useValueText } from '../../ui/use-value-text.ts';
import { ValueBadge } from '../../ui/value-badge.tsx';
import { DocumentButtons } from '../documents/document-buttons.tsx';
import { FileSize } from '../documents/file-size.tsx';
import { submissionQuery } from './inbox-query.ts';

/** The documents to be decided on, and the defects that are not closed yet. */
export function SubmissionPanels({ timeline }: { readonly timeline: WorkflowTimeline }) {
  const t = useTranslations('inbox.detail');
  const tCommon = useTranslations('common');
  const valueText = useValueText();
  const api = useWorkspace();
  const { submissionId } = timeline;
  const { data, error, refetch } = useQuery({
    ...submissionQuery(api, submissionId ?? ''),
    enabled: submissionId !== null,
  });
  if (submissionId === null)
    return (
      <Panel title={t('documents')}>
        <p className="text-quiet">{t('noDocuments')}</p>
      </Panel>
    );
  if (error !== null)
    return (
      <ErrorNote error={error}>
        <Button look="ghost" onClick={() => void refetch()}>
          {tCommon('retry')}
        </Button>
      </ErrorNote>
    );
  return (
    <>
      <Panel title={t('documents')}>
        {data === undefined ? (
          <p role="status">{tCommon('loading')}</p>
        ) : (
          <ul className="flex flex-col divide-y divide-line">
            {data.submission.documents.map((document) => (
              <li key={document.documentId} className="flex flex-wrap items-center gap-x-3 py-1.5">
                <div className="min-w-0 flex-1">
                  <span className="font-medium break-words">{document.name}</span>
                  <span className="block text-sm text-quiet">
                    {t('document', {
                      type: valueText('DocumentType', document.documentType),
                      revision: document.revisionNumber,
                    })}
                    {' · '}
                    <FileSize bytes={Number(document.sizeBytes)} />
                  </span>
                </div>
                <DocumentButtons {...document} />
              </li>
            ))}
          </ul>
        )}
      </Panel>
      {data !== undefined && (
        <Panel title={t('items')}>
          {data.openItems.length === 0 && <p className="text-quiet">{t('noItems')}</p>}
          <ul className="flex flex-col divide-y divide-line">
            {data.openItems.map((item) => (
              <li key={item.id} className="flex flex-wrap items-baseline gap-2 py-1.5">
                <span className="font-medium">{item.itemCode}</span>
                <span className="min-w-0 flex-1 basis-48 break-words">{item.description}</span>
                <ValueBadge set="PunchlistItemSeverity" value={item.severity} />
                <ValueBadge set="PunchlistItemStatus" value={item.status} />
              </li>
            ))}
          </ul>
        </Panel>
      )}
    </>
  );
}
