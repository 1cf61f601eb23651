import { downloadDocument } from '@apms/client';
import { useMutation } from '@tanstack/react-query';
import { Download, Eye } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useWorkspace } from '../../session/use-workspace.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { useErrorText } from '../../ui/use-error-text.ts';
import { ImageDialog } from './image-dialog.tsx';
import { saveBlob } from './save-blob.ts';

export interface DocumentButtonsProps {
  readonly documentId: string;
  readonly name: string;
  readonly mediaType: string;
}

/** Saves a document, and shows it when it is a picture. What goes wrong is said below. */
export function DocumentButtons({ documentId, name, mediaType }: DocumentButtonsProps) {
  const t = useTranslations('documents');
  const errorText = useErrorText();
  const { options } = useWorkspace();
  const [picture, setPicture] = useState<Blob | null>(null);
  const read = useMutation({
    mutationFn: (_purpose: 'look' | 'save') => downloadDocument(options, documentId),
    onSuccess: (content, purpose) => (purpose === 'look' ? setPicture(content) : saveBlob(content, name)),
  });
  return (
    <>
      <span className="inline-flex">
        {mediaType.startsWith('image/') && (
          <IconButton
            label={t('look', { name })}
            icon={<Eye aria-hidden className="size-4" />}
            disabled={read.isPending}
            onClick={() => read.mutate('look')}
          />
        )}
        <IconButton
          label={t('save', { name })}
          icon={<Download aria-hidden className="size-4" />}
          disabled={read.isPending}
          onClick={() => read.mutate('save')}
        />
      </span>
      {read.error !== null && (
        <p role="alert" className="basis-full text-sm text-bad">
          {errorText(read.error)}
        </p>
      )}
      {picture !== null && <ImageDialog content={picture} name={name} onClose={() => setPicture(null)} />}
    </>
  );
}
