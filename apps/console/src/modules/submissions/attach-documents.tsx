import type { Document, DocumentType } from '@apms/validators';
import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useWorkspace } from '../../session/use-workspace.ts';
import { Button } from '../../ui/button.tsx';
import { DropZone } from '../../ui/drop-zone.tsx';
import { LeaveDialog } from '../../ui/leave-dialog.tsx';
import { useValueOptions } from '../../ui/use-value-text.ts';
import { isOnItsWay } from '../documents/is-on-its-way.ts';
import { mediaTypeOf } from '../documents/media-type-of.ts';
import { UploadRow } from '../documents/upload-row.tsx';
import { type Upload, useUploads } from '../documents/use-uploads.ts';

export interface AttachDocumentsProps {
  readonly submissionId: string;
  /** The revision that the documents come with. */
  readonly revision: number;
  /** Told when files begin to be sent, and when none is on its way any more. */
  readonly onUploading: (isUploading: boolean) => void;
}

/** Takes files, asks what each is, uploads and attaches them. */
export function AttachDocuments({ submissionId, revision, onUploading }: AttachDocumentsProps) {
  const t = useTranslations('submissions.attach');
  const tDocuments = useTranslations('documents');
  const { client, queryClient, trpc } = useWorkspace();
  const types = useValueOptions('DocumentType');
  const [chosenTypes, setChosenTypes] = useState<Readonly<Record<string, DocumentType>>>({});
  const typeOf = ({ id, file }: Upload) => chosenTypes[id] ?? likelyType(file);

  // What is attached is in the list of documents.
  const uploads = useUploads(
    async ({ id: documentId }: Document, upload) => {
      const documentType = typeOf(upload);
      await client.submissions.attachDocument.mutate({ submissionId, documentId, documentType });
      await queryClient.invalidateQueries(trpc.submissions.pathFilter());
    },
    { isDoneListed: false },
  );
  const ready = uploads.list.filter(({ state }) => state.kind === 'chosen');
  const underWay = uploads.list.filter(({ state }) => isOnItsWay(state)).length;
  const isUploading = underWay > 0;
  useEffect(() => {
    if (!isUploading) return undefined;
    onUploading(true);
    return () => onUploading(false);
  }, [isUploading, onUploading]);

  return (
    <div className="flex flex-col gap-3">
      <DropZone
        label={t('drop', { revision })}
        hint={tDocuments('accepted')}
        isMultiple
        onFiles={uploads.add}
      />
      {uploads.list.length > 0 && (
        <ul aria-label={t('list')} className="flex flex-col gap-2">
          {uploads.list.map((upload) => (
            <UploadRow key={upload.id} upload={upload} uploads={uploads}>
              {upload.state.kind === 'chosen' && (
                <select
                  aria-label={t('typeOf', { name: upload.file.name })}
                  className="min-h-9 rounded-md border border-field-line bg-surface px-2 text-sm"
                  value={typeOf(upload)}
                  onChange={({ target }) => {
                    const chosen = types.find(({ value }) => value === target.value);
                    if (chosen !== undefined) setChosenTypes({ ...chosenTypes, [upload.id]: chosen.value });
                  }}
                >
                  {types.map(({ value, label }) => (
                    <option key={value} value={value}>
                      {label}
                    </option>
                  ))}
                </select>
              )}
            </UploadRow>
          ))}
        </ul>
      )}
      {ready.length > 0 && (
        <div>
          <Button
            look="primary"
            onClick={() => {
              for (const { id } of ready) uploads.start(id);
            }}
          >
            {t('start', { count: ready.length })}
          </Button>
        </div>
      )}
      {isUploading && (
        <LeaveDialog
          title={tDocuments('upload.leave.title')}
          description={tDocuments('upload.leave.text', { count: underWay })}
          confirmLabel={tDocuments('upload.leave.confirm')}
        />
      )}
    </div>
  );
}

/** What a file of its kind mostly is; people correct it before it is sent. */
function likelyType(file: File): DocumentType {
  const mediaType = mediaTypeOf(file) ?? '';
  if (mediaType.startsWith('image/')) return 'PHOTO';
  if (mediaType === 'application/pdf') return 'ATP_FORM';
  return mediaType === 'application/zip' ? 'OTHER' : 'TEST_REPORT';
}
