import type { ValidationSuiteOptions } from '@apms/db/checks';
import type { OnProgress } from '../progress.ts';

/** Tells of the look for orphans key by key. */
export function keyProgress(onProgress: OnProgress): NonNullable<ValidationSuiteOptions['onKey']> {
  return (name, done, total) =>
    onProgress({ label: 'looking for orphans', detail: name, unit: 'keys', done, total });
}
