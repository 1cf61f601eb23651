import { isApiError } from '@apms/client';
import { isMissingPart } from './missing-part.ts';

/** What can be said to people of a failed call. */
export type Explanation =
  /** The API's own sentence: what went wrong, where, what to do next. */
  | { readonly kind: 'answered'; readonly message: string; readonly requestId: string | null }
  | { readonly kind: 'unreachable' }
  /** A file of the console could not be read. */
  | { readonly kind: 'missingPart' }
  /** A mistake of the console itself. */
  | { readonly kind: 'unexpected' };

export function explainError(error: unknown): Explanation {
  if (isMissingPart(error)) return { kind: 'missingPart' };
  if (!isApiError(error)) return { kind: 'unexpected' };
  const { data, message } = error;
  if (data === null || data === undefined) return { kind: 'unreachable' };
  const isInternal = data.appError.code === 'INTERNAL';
  return { kind: 'answered', message, requestId: isInternal ? data.requestId : null };
}
