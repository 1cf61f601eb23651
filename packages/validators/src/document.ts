import { z } from 'zod';
import { Id, Instant, PageInput, pageOf, RequiredText } from './wire.ts';

/** The media types that can be uploaded, with the ending that a file of each has. */
export const documentMediaTypes = {
  'application/pdf': 'pdf',
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/webp': 'webp',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'text/csv': 'csv',
  'text/plain': 'txt',
  'application/zip': 'zip',
} as const satisfies Readonly<Record<string, string>>;

/** Characters that end a path, steer a terminal or turn the reading direction, and so hide what a name says. */
// oxlint-disable-next-line no-control-regex -- control characters are what it refuses
const DECEPTIVE = /[/\\\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

/** A file name without any folder. It is only ever shown, never used as a path. */
export const DocumentName = RequiredText.max(255)
  .refine((name) => !DECEPTIVE.test(name) && name.isWellFormed(), {
    error: 'must be a file name without folders and control characters',
  })
  .refine((name) => name !== '.' && name !== '..', { error: 'must be a file name' });

/** SHA-256 of a content, in lower-case hex. */
export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** An uploaded file, which never changes. */
export const Document = z.object({
  id: Id,
  name: z.string(),
  mediaType: z.string(),
  sizeBytes: z.int().nonnegative(),
  sha256: Sha256,
  uploadedById: Id,
  uploadedByName: z.string(),
  createdAt: Instant,
});
export type Document = z.infer<typeof Document>;

export const DocumentRef = z.object({ documentId: Id });
export type DocumentRef = z.infer<typeof DocumentRef>;

export const DocumentPage = pageOf(Document);

export const ListDocuments = PageInput.extend({
  sort: z.enum(['createdAt', 'name']).default('createdAt'),
  /** Part of a name, whatever the case. */
  search: RequiredText.max(200).optional(),
  mediaType: RequiredText.max(200).optional(),
  uploadedById: Id.optional(),
  /** Finds out whether a content is there already. */
  sha256: Sha256.optional(),
});
export type ListDocuments = z.infer<typeof ListDocuments>;

/** What an upload says about the content that follows. */
export const UploadDocument = z.object({
  name: DocumentName,
  /** As the header says it, parameters included. */
  mediaType: z.string().max(200),
  /** When given, the content is refused unless it has this checksum. */
  expectedSha256: Sha256.nullable(),
});
export type UploadDocument = z.infer<typeof UploadDocument>;
