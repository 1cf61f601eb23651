import { FileSpreadsheet } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslations } from 'use-intl';
import { valuesOf } from '../../messages/values-of.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { useByteSize } from '../../ui/use-byte-size.ts';
import { useValueOptions } from '../../ui/use-value-text.ts';
import type { ImportOrder } from './use-workbook-import.ts';

export interface ImportFormProps {
  readonly file: File;
  readonly onImport: (order: ImportOrder) => void;
  readonly onChooseOther: () => void;
}

/** As most that the API takes as notes. */
const MAX_NOTES = 4_000;

/** Says what a workbook is before it is imported; the browser itself checks the little there is to check. */
export function ImportForm({ file, onImport, onChooseOther }: ImportFormProps) {
  const t = useTranslations('configuration.import');
  const byteSize = useByteSize();
  const sources = useValueOptions('ConfigSourceType');
  const [sourceType, setSourceType] = useState<ImportOrder['sourceType']>('APPROVAL_MATRIX');
  const [notes, setNotes] = useState('');
  function submit(event: FormEvent): void {
    event.preventDefault();
    onImport({ file, sourceType, notes: notes.trim() === '' ? null : notes.trim() });
  }
  return (
    <form onSubmit={submit} className="flex max-w-2xl flex-col gap-4">
      <p className="flex items-center gap-2">
        <FileSpreadsheet aria-hidden className="size-5 shrink-0 text-quiet" />
        <span className="min-w-0 font-medium break-words">
          {t('file', { name: file.name, size: byteSize(file.size) })}
        </span>
      </p>
      <Field label={t('sourceType')}>
        <select
          value={sourceType}
          onChange={({ target }) =>
            setSourceType(valuesOf('ConfigSourceType').find((one) => one === target.value) ?? sourceType)
          }
        >
          {sources.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </Field>
      <Field label={t('notes')} hint={t('notesHint')} isOptional>
        <textarea
          rows={2}
          maxLength={MAX_NOTES}
          value={notes}
          onChange={({ target }) => setNotes(target.value)}
        />
      </Field>
      <div className="flex flex-wrap gap-2">
        {/* The file was just chosen: what comes next is at hand. */}
        <Button type="submit" look="primary" autoFocus>
          {t('start')}
        </Button>
        <Button onClick={onChooseOther}>{t('chooseOther')}</Button>
      </div>
    </form>
  );
}
