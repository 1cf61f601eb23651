import type { SubmissionDocument } from '@apms/validators';
import { Unlink } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { IconButton } from '../../ui/icon-button.tsx';
import { Time } from '../../ui/time.tsx';
import { ValueText } from '../../ui/value-text.tsx';
import { DocumentButtons } from '../documents/document-buttons.tsx';
import { FileSize } from '../documents/file-size.tsx';

export interface DocumentRowProps {
  readonly document: SubmissionDocument;
  /** Takes it off; absent when it is there to stay. */
  readonly onDetach: ((documentId: string) => void) | undefined;
  readonly isDetaching: boolean;
}

export function DocumentRow({ document, onDetach, isDetaching }: DocumentRowProps) {
  const t = useTranslations('submissions');
  const { documentId, name, mediaType } = document;
  return (
    <li className="flex flex-wrap items-center gap-x-3 py-1">
      <div className="min-w-0 flex-1 basis-56">
        <p className="font-medium break-words">{name}</p>
        <p className="text-sm text-quiet">
          <ValueText set="DocumentType" value={document.documentType} />
          {' · '}
          <FileSize bytes={Number(document.sizeBytes)} />
          {' · '}
          <Time value={document.attachedAt} />
        </p>
      </div>
      <DocumentButtons documentId={documentId} name={name} mediaType={mediaType} />
      {onDetach !== undefined && (
        <IconButton
          label={t('detach', { name })}
          icon={<Unlink aria-hidden className="size-4" />}
          disabled={isDetaching}
          onClick={() => onDetach(documentId)}
        />
      )}
    </li>
  );
}
