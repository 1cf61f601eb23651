import { ConfigRowKind } from '@apms/validators';
import { z } from 'zod';
import { AppError } from '../../errors.ts';

/** The last difference of a page; the next one begins after it. */
const ComparisonPosition = z.object({
  kind: ConfigRowKind,
  key: z.array(z.string().refine((part) => !part.includes('\u0000'))).max(10),
});
export type ComparisonPosition = z.infer<typeof ComparisonPosition>;

/** The position as a cursor. */
export function writePosition({ kind, key }: ComparisonPosition): string {
  return Buffer.from(JSON.stringify({ kind, key })).toString('base64url');
}

/** @throws {AppError} CURSOR_INVALID */
export function readPosition(cursor: string): ComparisonPosition {
  try {
    return ComparisonPosition.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch (cause) {
    throw new AppError({ code: 'CURSOR_INVALID' }, { cause });
  }
}
