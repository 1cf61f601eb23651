import type { ByteRange } from '../../document-store.ts';

/**
 * The part that a `Range` header asks for: null for the whole, which is also the answer to one that is not understood
 * or asks for several parts; `unsatisfiable` when it lies beyond the content.
 * @source RFC 9110, 14.1.2 and 14.2
 */
export function byteRange(header: string | undefined, sizeBytes: number): ByteRange | 'unsatisfiable' | null {
  const asked = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '');
  if (asked === null || asked[0] === 'bytes=-') return null;
  const [, first = '', last = ''] = asked;
  const start = first === '' ? Math.max(0, sizeBytes - Number(last)) : Number(first);
  const end = first === '' || last === '' ? sizeBytes - 1 : Math.min(Number(last), sizeBytes - 1);
  if (first !== '' && last !== '' && Number(last) < start) return null;
  return start > end ? 'unsatisfiable' : { start, end };
}
