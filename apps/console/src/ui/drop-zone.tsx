import { Upload } from 'lucide-react';
import { useDropzone } from 'react-dropzone';
import { useTranslations } from 'use-intl';
import { Button } from './button.tsx';

export interface DropZoneProps {
  /** What is to be dropped here. */
  readonly label: string;
  /** Which files are accepted. */
  readonly hint: string;
  /** One file, or as many as one likes. */
  readonly isMultiple?: boolean;
  readonly isDisabled?: boolean;
  /** Files as they were chosen, whatever they are: what is wrong with one is said beside its name. */
  readonly onFiles: (files: readonly File[]) => void;
}

/** Takes files that are dropped on it, or chosen with its button. */
export function DropZone({ label, hint, isMultiple = false, isDisabled = false, onFiles }: DropZoneProps) {
  const t = useTranslations('common.choose');
  const { getRootProps, getInputProps, isDragActive, open } = useDropzone({
    onDrop: (files) => onFiles(files),
    multiple: isMultiple,
    disabled: isDisabled,
    noClick: true,
    noKeyboard: true,
  });
  return (
    <div
      {...getRootProps({
        className: `flex flex-col items-center gap-2 rounded-lg border-2 border-dashed p-5 text-center ${isDragActive ? 'border-accent bg-accent-soft' : 'border-line'}`,
      })}
    >
      <input {...getInputProps({ 'aria-label': label })} />
      <p className="font-medium">{label}</p>
      <p className="text-sm text-quiet">{hint}</p>
      <Button icon={<Upload aria-hidden className="size-4" />} disabled={isDisabled} onClick={open}>
        {t(isMultiple ? 'files' : 'file')}
      </Button>
    </div>
  );
}
