import type { AppRouter } from '@apms/api';
import { Document } from '@apms/validators';
import { TRPCClientError } from '@trpc/client';
import type { ClientOptions } from './create-client.ts';
import { headersOf } from './credential.ts';

/** A file to upload; a `File` of a browser is one. `type` is its media type. */
export type NamedBlob = Blob & { readonly name: string };

/**
 * Uploads a file as a document of the workspace. The bytes are streamed, so this is plain HTTP and no procedure; it
 * fails as a procedure does.
 * @throws {ApiError}
 */
export async function uploadDocument(options: ClientOptions, file: NamedBlob): Promise<Document> {
  const url = new URL('documents', options.url.endsWith('/') ? options.url : `${options.url}/`);
  url.searchParams.set('name', file.name);
  const response = await fetch(url, {
    method: 'POST',
    body: file,
    credentials: options.credential.kind === 'cookie' ? 'include' : 'omit',
    headers: {
      ...headersOf(options.credential, options.workspaceId),
      'content-type': file.type,
      'idempotency-key': crypto.randomUUID(),
    },
  });
  const answer: unknown = await response.json();
  if (response.ok) return Document.parse(answer);
  const failure = typeof answer === 'object' && answer !== null ? answer : new Error(response.statusText);
  throw TRPCClientError.from<AppRouter>(failure, { meta: { response } });
}
