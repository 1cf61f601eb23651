import { CircleCheck, RotateCw, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { FileSize } from './file-size.tsx';
import { isOnItsWay } from './is-on-its-way.ts';
import type { Upload, Uploads } from './use-uploads.ts';

export interface UploadRowProps {
  readonly upload: Upload;
  readonly uploads: Uploads;
  /** What is to be said of the file before it is sent. */
  readonly children?: ReactNode;
}

/** One file: its name, how far it is, what is wrong with it, and what can be done. */
export function UploadRow({ upload, uploads, children }: UploadRowProps) {
  const t = useTranslations('documents.upload');
  const { id, file, state } = upload;
  const isRunning = isOnItsWay(state);
  return (
    <li className="flex flex-col gap-2 rounded-md border border-line p-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <p className="min-w-0 flex-1 basis-48 break-words">
          <span className="font-medium">{file.name}</span>{' '}
          <span className="text-sm text-quiet">
            <FileSize bytes={file.size} />
          </span>
        </p>
        {children}
        {state.kind === 'done' ? (
          <span className="inline-flex items-center gap-1 text-sm text-good">
            <CircleCheck aria-hidden className="size-4" />
            {t('done')}
          </span>
        ) : (
          <IconButton
            label={t(isRunning ? 'cancel' : 'remove', { name: file.name })}
            icon={<X aria-hidden className="size-4" />}
            onClick={() => (isRunning ? uploads.cancel(id) : uploads.remove(id))}
          />
        )}
      </div>
      {isRunning && (
        <div className="flex items-center gap-3 text-sm text-quiet">
          <progress
            aria-label={t('progress', { name: file.name })}
            className="h-2 min-w-0 flex-1 accent-accent"
            max={file.size}
            {...(state.kind === 'sending' && { value: state.sentBytes })}
          />
          <span role="status">{t(state.kind)}</span>
        </div>
      )}
      {state.kind === 'refused' && (
        <p role="alert" className="rounded-md bg-bad-soft p-3 text-sm">
          {t(`refused.${state.reason}`)}
        </p>
      )}
      {state.kind === 'failed' && (
        <ErrorNote error={state.error}>
          {state.canRetry && (
            <Button
              look="ghost"
              icon={<RotateCw aria-hidden className="size-4" />}
              onClick={() => uploads.start(id)}
            >
              {t('retry')}
            </Button>
          )}
        </ErrorNote>
      )}
    </li>
  );
}
