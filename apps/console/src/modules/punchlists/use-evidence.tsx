import type { Document } from '@apms/validators';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { DropZone } from '../../ui/drop-zone.tsx';
import { UploadRow } from '../documents/upload-row.tsx';
import { useUploads } from '../documents/use-uploads.ts';

export interface Evidence {
  /** The document that was uploaded; null before. */
  readonly documentId: string | null;
  /** Whether there is one; says so beside the field when there is none. */
  readonly check: () => boolean;
  readonly field: ReactNode;
}

/** One file that shows a defect mended: chosen or dropped, and sent at once. */
export function useEvidence(): Evidence {
  const t = useTranslations('punchlists.evidence');
  const tDocuments = useTranslations('documents');
  const [document, setDocument] = useState<Document | null>(null);
  const [isMissing, setIsMissing] = useState(false);
  const uploads = useUploads(async (stored) => setDocument(stored));
  const { list, start } = uploads;
  const begun = useRef<string | null>(null);

  // A file that was chosen is sent without being asked again; one that was cancelled is not.
  const chosen = list.find(({ state }) => state.kind === 'chosen')?.id ?? null;
  useEffect(() => {
    if (chosen === null || chosen === begun.current) return;
    begun.current = chosen;
    start(chosen);
  }, [chosen, start]);

  return {
    documentId: document?.id ?? null,
    check: () => {
      setIsMissing(document === null);
      return document !== null;
    },
    field: (
      <div className="flex flex-col gap-2">
        <DropZone
          label={t('drop')}
          hint={tDocuments('accepted')}
          onFiles={(files) => {
            for (const { id } of list) uploads.remove(id);
            setDocument(null);
            setIsMissing(false);
            uploads.add(files);
          }}
        />
        {list.length > 0 && (
          <ul aria-label={t('drop')}>
            {list.map((upload) => (
              <UploadRow key={upload.id} upload={upload} uploads={uploads} />
            ))}
          </ul>
        )}
        {isMissing && document === null && (
          <p role="alert" className="text-sm text-bad">
            {t('missing')}
          </p>
        )}
      </div>
    ),
  };
}
