import { FileSpreadsheet } from 'lucide-react';
import { useState } from 'react';
import { ErrorCode, type FileRejection, useDropzone } from 'react-dropzone';
import { useTranslations } from 'use-intl';
import { buttonLooks } from '../../ui/button.tsx';
import { useByteSize } from '../../ui/use-byte-size.ts';

/** What the API reads at most as a workbook. */
const LIMIT_BYTES = 50_000_000;
const ENDING = '.xlsx';

/** Takes a workbook that is dropped on it, chosen in the system's dialog, or pasted. */
export function WorkbookDropZone({ onChoose }: { readonly onChoose: (file: File) => void }) {
  const t = useTranslations('configuration');
  const byteSize = useByteSize();
  const [refusals, setRefusals] = useState<readonly FileRejection[]>([]);
  const { getRootProps, getInputProps, open, isDragActive } = useDropzone({
    multiple: false,
    noClick: true,
    noKeyboard: true,
    minSize: 1,
    maxSize: LIMIT_BYTES,
    // By the name alone: not every system knows the type that belongs to it.
    validator: ({ name }) =>
      name.toLowerCase().endsWith(ENDING) ? null : { code: ErrorCode.FileInvalidType, message: name },
    onDrop: ([file], rejections) => {
      setRefusals(rejections);
      if (file !== undefined && rejections.length === 0) onChoose(file);
    },
  });

  function reasonOf({ file: { name }, errors }: FileRejection): string {
    const codes = errors.map(({ code }) => code);
    if (codes.includes(ErrorCode.TooManyFiles)) return t('refused.several');
    if (codes.includes(ErrorCode.FileInvalidType)) return t('refused.notXlsx', { name });
    if (codes.includes(ErrorCode.FileTooSmall)) return t('refused.empty', { name });
    return t('refused.tooLarge', { name, size: byteSize(LIMIT_BYTES) });
  }

  return (
    <div
      {...getRootProps()}
      tabIndex={-1}
      className={`flex flex-col items-center gap-2 rounded-lg border-2 border-dashed px-4 py-6 text-center ${isDragActive ? 'border-accent bg-accent-soft' : 'border-field-line'}`}
    >
      <input {...getInputProps({ accept: ENDING, 'aria-label': t('import.choose') })} />
      <FileSpreadsheet aria-hidden className="size-8 text-quiet" />
      <div className="flex flex-wrap items-center justify-center gap-2">
        <span>{t(isDragActive ? 'import.dropNow' : 'import.drop')}</span>
        {!isDragActive && (
          <button type="button" className={buttonLooks.secondary} onClick={open}>
            {t('import.choose')}
          </button>
        )}
      </div>
      <p className="text-sm text-quiet">{t('import.limit', { size: byteSize(LIMIT_BYTES) })}</p>
      {refusals.length > 0 && (
        <div role="alert" className="mt-1 rounded-md bg-bad-soft p-3 text-left text-sm">
          {[...new Set(refusals.map(reasonOf))].map((reason) => (
            <p key={reason} className="break-words">
              {reason}
            </p>
          ))}
        </div>
      )}
    </div>
  );
}
