import type { AppRouter } from '@apms/api';
import type { Document } from '@apms/validators';
import { TRPCClientError } from '@trpc/client';
import { type ApiError, isApiError } from './app-error.ts';
import type { ClientOptions } from './create-client.ts';
import { headersOf } from './credential.ts';
import { type Posted, postBody, type UploadProgress } from './post-body.ts';
import { isSignedOut, signInGate } from './when-signed-out.ts';

/** A file to upload; a `File` of a browser is one. `type` is its media type. */
export type NamedBlob = Blob & { readonly name: string };

export interface UploadOptions {
  /** Told while it is sent; after a new sign-in from the beginning again. */
  readonly onProgress?: (progress: UploadProgress) => void;
  readonly signal?: AbortSignal;
  /** The same for every attempt at one upload: it is stored once. One of its own when absent. */
  readonly idempotencyKey?: string;
  /** SHA-256 of the content in lower-case hex: what arrives as anything else is refused with DOCUMENT_CORRUPT. */
  readonly sha256?: string;
}

/**
 * Uploads a file as a document of the workspace. The bytes are streamed, so this is plain HTTP and no procedure; it fails
 * as a procedure does, and `isUnreachable` tells a connection that was lost. Rejects with the signal's reason when it is
 * aborted. @throws {ApiError}
 */
export async function uploadDocument(
  options: ClientOptions,
  file: NamedBlob,
  { onProgress, signal, idempotencyKey = crypto.randomUUID(), sha256 }: UploadOptions = {},
): Promise<Document> {
  // Before the bytes are sent, so that a part that cannot be loaded leaves no document behind.
  const { readDocument } = await import('./read-document.ts');
  const url = new URL('documents', options.url.endsWith('/') ? options.url : `${options.url}/`);
  url.searchParams.set('name', file.name);
  const headers = {
    ...headersOf(options.credential, options.workspaceId),
    'content-type': file.type,
    'idempotency-key': idempotencyKey,
    ...(sha256 !== undefined && { 'x-content-sha256': sha256 }),
  };
  const withCookie = options.credential.kind === 'cookie';
  const posted = { url: url.href, headers, body: file, withCookie, onProgress, signal };
  const gate = options.whenSignedOut === undefined ? null : signInGate(options.whenSignedOut);
  for (let times = 0; ; times += 1) {
    const signInsBefore = gate?.signIns() ?? 0;
    const answer = await send(posted);
    if (!isApiError(answer)) return readDocument(answer);
    if (gate === null || !isSignedOut(answer, times) || !(await gate.pass(signInsBefore))) throw answer;
  }
}

/** What the API answered, or the error that it is. Rejects when that is not wanted any more. */
async function send(posted: Posted): Promise<unknown> {
  try {
    const { status, text } = await postBody(posted);
    const answer = readJson(text);
    if (answer === null) return noAnswer(`status ${status}, and no JSON`);
    return status < 300 ? answer : TRPCClientError.from<AppRouter>(answer);
  } catch (error) {
    if (posted.signal?.aborted === true) throw error;
    return noAnswer(error instanceof Error ? error.message : String(error), error);
  }
}

/** The object that it is, or null. */
function readJson(text: string): object | null {
  try {
    const read: unknown = JSON.parse(text);
    return typeof read === 'object' ? read : null;
  } catch {
    return null;
  }
}

function noAnswer(why: string, cause?: unknown): ApiError {
  const message = `The file was not uploaded, the API did not answer: ${why}`;
  return TRPCClientError.from<AppRouter>(new Error(message, { cause }));
}
