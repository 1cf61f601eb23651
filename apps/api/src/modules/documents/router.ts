import { Document, DocumentPage, DocumentRef, ListDocuments } from '@apms/validators';
import { rest } from '../../rest.ts';
import { permit, router } from '../../trpc.ts';
import { getDocument } from './get-document.ts';
import { listDocuments } from './list-documents.ts';

/** What is known of documents; their contents go up and down by plain HTTP ({@link documentRoutes}). */
export const documentsRouter = router({
  get: permit('documents.read')
    .meta(rest('GET', '/documents/{documentId}', 'One document'))
    .input(DocumentRef)
    .output(Document)
    .query(({ ctx, input }) => getDocument(ctx, input)),

  list: permit('documents.read')
    .meta(rest('GET', '/documents', 'Documents, filtered and sorted, page by page'))
    .input(ListDocuments)
    .output(DocumentPage)
    .query(({ ctx, input }) => listDocuments(ctx, input)),
});
