import type { AppRouter } from '@apms/api';
import { TRPCClientError } from '@trpc/client';
import { type ApiError, isApiError } from './app-error.ts';
import type { ClientOptions } from './create-client.ts';
import { headersOf } from './credential.ts';
import { isSignedOut, signInGate } from './when-signed-out.ts';

/**
 * The content of a document of the workspace, with its media type. It is plain HTTP and no procedure; it fails as a
 * procedure does, and `isUnreachable` tells a connection that was lost. Rejects with the signal's reason when it is
 * aborted. @throws {ApiError}
 */
export async function downloadDocument(
  options: ClientOptions,
  documentId: string,
  { signal }: { readonly signal?: AbortSignal } = {},
): Promise<Blob> {
  const base = options.url.endsWith('/') ? options.url : `${options.url}/`;
  const url = new URL(`documents/${encodeURIComponent(documentId)}/content`, base);
  const gate = options.whenSignedOut === undefined ? null : signInGate(options.whenSignedOut);
  for (let times = 0; ; times += 1) {
    const signInsBefore = gate?.signIns() ?? 0;
    const answer = await read(url, options, signal);
    if (!isApiError(answer)) return answer;
    if (gate === null || !isSignedOut(answer, times) || !(await gate.pass(signInsBefore))) throw answer;
  }
}

/** The content, or the error that the API answered with. Rejects when that is not wanted any more. */
async function read(
  url: URL,
  { credential, workspaceId }: ClientOptions,
  signal: AbortSignal | undefined,
): Promise<Blob | ApiError> {
  try {
    const response = await fetch(url, {
      headers: headersOf(credential, workspaceId),
      credentials: credential.kind === 'cookie' ? 'include' : 'omit',
      signal: signal ?? null,
    });
    if (response.ok) return await response.blob();
    const refusal: unknown = await response.json();
    return typeof refusal === 'object' && refusal !== null
      ? TRPCClientError.from<AppRouter>(refusal)
      : noAnswer(`status ${response.status}`);
  } catch (error) {
    if (signal?.aborted === true) throw error;
    return noAnswer(error instanceof Error ? error.message : String(error), error);
  }
}

function noAnswer(why: string, cause?: unknown): ApiError {
  const message = `The document was not read, the API did not answer: ${why}`;
  return TRPCClientError.from<AppRouter>(new Error(message, { cause }));
}
