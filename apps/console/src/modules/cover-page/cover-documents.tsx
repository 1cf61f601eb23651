import { useTranslations } from 'use-intl';
import { ValueText } from '../../ui/value-text.tsx';
import { FileSize } from '../documents/file-size.tsx';
import type { Cover } from './cover-query.ts';
import { CoverSection } from './cover-section.tsx';

/** The documents, by which it can be proven years later that these are the ones that were approved. */
export function CoverDocuments({ cover: { submission, documents } }: { readonly cover: Cover }) {
  const t = useTranslations('coverPage');
  const tSubmissions = useTranslations('submissions');
  return (
    <CoverSection title={tSubmissions('documents')}>
      {submission.documents.length === 0 ? (
        <p>{tSubmissions('noDocuments')}</p>
      ) : (
        <ul className="flex flex-col gap-2">
          {submission.documents.map((document) => (
            <li key={document.documentId} className="break-inside-avoid">
              <span className="font-medium">{document.name}</span>,{' '}
              <ValueText set="DocumentType" value={document.documentType} />,{' '}
              {tSubmissions('revision', { number: document.revisionNumber })},{' '}
              <FileSize bytes={Number(document.sizeBytes)} />
              <br />
              <span className="text-xs">
                {t('sha256')}{' '}
                <span className="font-mono break-all">{documents.get(document.documentId)?.sha256}</span>
              </span>
            </li>
          ))}
        </ul>
      )}
    </CoverSection>
  );
}
