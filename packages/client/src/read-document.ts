import { Document } from '@apms/validators';

/** The document that an upload was answered with. */
export function readDocument(answer: unknown): Document {
  return Document.parse(answer);
}
