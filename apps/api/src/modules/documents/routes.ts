import { Document, DocumentRef, documentMediaTypes, UploadDocument } from '@apms/validators';
import { errorCodes, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { RequestContext } from '../../context.ts';
import { enterWorkspace } from '../../enter-workspace.ts';
import { AppError } from '../../errors.ts';
import { explainedError } from '../../trpc.ts';
import { attachment } from './attachment.ts';
import { type DownloadedDocument, downloadDocument } from './download-document.ts';
import { uploadDocument } from './upload-document.ts';

export interface DocumentRoutesOptions {
  readonly contextOf: (request: FastifyRequest) => RequestContext;
}

const Query = z.object({ name: z.unknown() });

/**
 * Contents of documents by plain HTTP, streamed both ways: `POST /documents?name=…` with the bytes as its body, and
 * `GET /documents/{documentId}/content`. Who may call, and the errors, are as with procedures.
 */
export async function documentRoutes(
  server: FastifyInstance,
  { contextOf }: DocumentRoutesOptions,
): Promise<void> {
  // The body stays a stream, whatever its type.
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', (_request, _body, done) => done(null));

  // The server answers it, as it answers everything that goes wrong outside of a procedure.
  server.setErrorHandler(async (error, request) => {
    // What is still coming is read and forgotten: an unread body would block the connection for what comes after it.
    request.raw.resume();
    const cause = error instanceof errorCodes.FST_ERR_CTP_INVALID_MEDIA_TYPE ? refusedType(request) : error;
    throw await explainedError(contextOf(request), cause);
  });

  server.post('/documents', async (request, reply) => {
    const context = contextOf(request);
    const ctx = await enterWorkspace(context, 'documents.write');
    const upload = UploadDocument.parse({
      name: Query.parse(request.query).name,
      mediaType: request.headers['content-type'] ?? '',
      expectedSha256: request.headers['x-content-sha256'] ?? null,
    });
    const { limitBytes } = ctx.services.documents;
    if (Number(request.headers['content-length'] ?? 0) > limitBytes) {
      throw new AppError({ code: 'DOCUMENT_TOO_LARGE', limitBytes });
    }
    // A refusal must not close the connection on which it is told.
    const content = request.raw.iterator({ destroyOnReturn: false });
    const document = await uploadDocument(ctx, {
      ...upload,
      content,
      idempotencyKey: context.idempotencyKey,
    });
    return await reply.status(201).send(Document.parse(document));
  });

  server.get('/documents/:documentId/content', { exposeHeadRoute: false }, async (request, reply) => {
    const ctx = await enterWorkspace(contextOf(request), 'documents.read');
    const { documentId } = DocumentRef.parse(request.params);
    const { range, 'if-range': ifRange, 'if-none-match': ifNoneMatch } = request.headers;
    return await send(
      await downloadDocument(ctx, { documentId, range, ifRange: textOf(ifRange), ifNoneMatch }),
      reply,
    );
  });
}

function refusedType({ headers }: FastifyRequest): AppError {
  const mediaType = (headers['content-type'] ?? '').slice(0, 200);
  return new AppError({ code: 'DOCUMENT_TYPE_REFUSED', mediaType, allowed: Object.keys(documentMediaTypes) });
}

function textOf(header: string | string[] | undefined): string | undefined {
  return typeof header === 'string' ? header : undefined;
}

async function send(downloaded: DownloadedDocument, reply: FastifyReply): Promise<FastifyReply> {
  const { document, etag } = downloaded;
  // Whoever may read it may keep it, but asks each time whether they still may.
  reply.headers({ etag, 'cache-control': 'private, no-cache', 'accept-ranges': 'bytes' });
  if (downloaded.kind === 'unchanged') return await reply.status(304).send();
  if (downloaded.kind === 'unsatisfiable') {
    return await reply.status(416).header('content-range', `bytes */${document.sizeBytes}`).send();
  }
  const { range, content } = downloaded;
  if (range !== null) {
    reply.status(206);
    reply.header('content-range', `bytes ${range.start}-${range.end}/${document.sizeBytes}`);
  }
  return await reply
    .headers({
      'content-type': document.mediaType,
      'content-length': range === null ? document.sizeBytes : range.end - range.start + 1,
      'content-disposition': attachment(document.name),
      // What somebody uploaded is never run in the name of this origin.
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    })
    .send(content);
}
