import type { OnProgress } from '../progress.ts';
import type { Backup } from './backup.ts';

/** Counts the packed bytes of a backup as they are read. */
export function unpacking({ manifest }: Backup, onProgress: OnProgress | undefined): (bytes: number) => void {
  let done = 0;
  return (bytes) => {
    done += bytes;
    onProgress?.({ label: 'unpacking', detail: null, unit: 'bytes', done, total: manifest.sizeBytes });
  };
}
