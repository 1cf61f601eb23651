import type { Readable } from 'node:stream';
import type { WorkspaceContext } from '../../context.ts';
import type { ByteRange } from '../../document-store.ts';
import { byteRange } from './byte-range.ts';
import { type LocatedDocument, locateDocument } from './locate-document.ts';

/** Which part of which document is wanted, in the words of HTTP. */
export interface Download {
  readonly documentId: string;
  readonly range: string | undefined;
  /** An ETag: the range is meant for this content only. */
  readonly ifRange: string | undefined;
  /** ETags of contents that the caller has. */
  readonly ifNoneMatch: string | undefined;
}

/** A content, or the part of it that was asked for; `unchanged` when the caller has it. */
export type DownloadedDocument = { readonly document: LocatedDocument; readonly etag: string } & (
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'unsatisfiable' }
  | { readonly kind: 'content'; readonly range: ByteRange | null; readonly content: Readable }
);

/** @throws {AppError} ENTITY_NOT_FOUND */
export async function downloadDocument(
  { db, services }: WorkspaceContext,
  { documentId, range: asked, ifRange, ifNoneMatch }: Download,
): Promise<DownloadedDocument> {
  const document = await locateDocument(db, documentId);
  const etag = `"${document.sha256}"`;
  const known = (ifNoneMatch ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  if (known.includes(etag) || known.includes('*')) return { kind: 'unchanged', document, etag };
  const isMeant = ifRange === undefined || ifRange === etag;
  const range = byteRange(isMeant ? asked : undefined, document.sizeBytes);
  if (range === 'unsatisfiable') return { kind: 'unsatisfiable', document, etag };
  const content = await services.documents.read(document.storageKey, range ?? undefined);
  return { kind: 'content', document, etag, range, content };
}
