import { useCallback } from 'react';
import { Dialog } from '../../ui/dialog.tsx';

export interface ImageDialogProps {
  readonly content: Blob;
  readonly name: string;
  readonly onClose: () => void;
}

/** A picture, as large as the window lets it be. */
export function ImageDialog({ content, name, onClose }: ImageDialogProps) {
  const show = useCallback(
    (image: HTMLImageElement) => {
      const url = URL.createObjectURL(content);
      image.src = url;
      return () => URL.revokeObjectURL(url);
    },
    [content],
  );
  return (
    <Dialog isOpen onClose={onClose} title={name} size="large">
      <img ref={show} alt={name} className="mx-auto max-h-[70dvh] max-w-full" />
    </Dialog>
  );
}
