import type { Document } from '@apms/validators';
import { Paperclip, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { useLatest } from '../../ui/use-latest.ts';
import { isOnItsWay } from '../documents/is-on-its-way.ts';
import { UploadRow } from '../documents/upload-row.tsx';
import { useUploads } from '../documents/use-uploads.ts';
import type { AttachedDocument } from './decision-form.ts';

export interface EvidenceFieldProps {
  /** What the button says. */
  readonly label: string;
  readonly documents: readonly AttachedDocument[];
  readonly onAttach: (document: AttachedDocument) => void;
  readonly onDetach: (document: AttachedDocument) => void;
  /** Told with 1 when something begins to be sent, and with -1 when all of it has ended. */
  readonly onSending: (change: 1 | -1) => void;
}

/** Files that show what is meant: chosen, or taken with the camera of a phone, and uploaded at once. */
export function EvidenceField({ label, documents, onAttach, onDetach, onSending }: EvidenceFieldProps) {
  const t = useTranslations('documents');
  const input = useRef<HTMLInputElement>(null);
  // What it belongs to may have moved while it was sent.
  const attach = useLatest(onAttach);
  const uploads = useUploads(async ({ id, name }: Document) => attach.current({ id, name }));
  const { list, start, remove } = uploads;

  // What is chosen is sent without being asked again, and what has arrived is in the other list.
  const begun = useRef(new Set<string>());
  useEffect(() => {
    for (const { id, state } of list) {
      if (state.kind === 'done' || (state.kind === 'chosen' && begun.current.has(id))) remove(id);
      else if (state.kind === 'chosen') {
        begun.current.add(id);
        start(id);
      }
    }
  }, [list, start, remove]);
  const isSending = list.some(({ state }) => isOnItsWay(state));
  useEffect(() => {
    if (!isSending) return undefined;
    onSending(1);
    return () => onSending(-1);
  }, [isSending, onSending]);

  return (
    <div className="flex flex-col items-start gap-1.5">
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={label}
        onChange={({ target }) => {
          uploads.add([...(target.files ?? [])]);
          // The same file can be chosen again after it was mended.
          target.value = '';
        }}
      />
      <Button icon={<Paperclip aria-hidden className="size-4" />} onClick={() => input.current?.click()}>
        {label}
      </Button>
      <p className="text-sm text-quiet">{t('accepted')}</p>
      {documents.length + list.length > 0 && (
        <ul className="flex w-full flex-col gap-1.5">
          {documents.map((document) => (
            <li key={document.id} className="flex items-center gap-2 rounded-md bg-raised pl-3 text-sm">
              <span className="min-w-0 flex-1 truncate">{document.name}</span>
              <IconButton
                label={t('upload.remove', { name: document.name })}
                icon={<X aria-hidden className="size-4" />}
                onClick={() => onDetach(document)}
              />
            </li>
          ))}
          {list.map((upload) => (
            <UploadRow key={upload.id} upload={upload} uploads={uploads} />
          ))}
        </ul>
      )}
    </div>
  );
}
