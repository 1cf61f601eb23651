import { z } from 'zod';
import { messageOf } from '../postgres.ts';

/** Where the API of a target is, and as whom it is called. */
export interface Api {
  readonly url: URL;
  readonly key: string;
}

/** An answer that was not what it should be, or none. */
export class ApiProblem extends Error {}

/** Longer than any of these calls takes. */
const ANSWER_LIMIT_MS = 10_000;

/** The shape of the API's failures. */
const Refusal = z.object({ error: z.object({ message: z.string() }) });

/**
 * The answer to a GET below `/rest`, which has to be of the type.
 * @throws {ApiProblem} when there is none, or another one; it says which call, and never what it was called with.
 */
export async function callApi<Answer extends z.ZodType>(
  api: Api,
  { path, answer }: { readonly path: string; readonly answer: Answer },
  workspaceId?: string,
): Promise<z.output<Answer>> {
  const call = `GET /rest/${path.replace(/\?.*/, '')}`;
  const { status, body } = await send(api, path, workspaceId).catch((error: unknown) => {
    throw new ApiProblem(`${call} had no answer: ${causeOf(error)}`);
  });
  if (status !== 200) {
    const refusal = Refusal.safeParse(body);
    throw new ApiProblem(
      `${call} answered ${status}${refusal.success ? `: ${refusal.data.error.message}` : ''}`,
    );
  }
  const parsed = answer.safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new ApiProblem(
    `${call} answered something else than it should: ${issue?.path.join('.') || 'the whole answer'}: ${issue?.message ?? 'unknown'}`,
  );
}

async function send({ url, key }: Api, path: string, workspaceId: string | undefined) {
  const base = url.href.endsWith('/') ? url : new URL(`${url.href}/`);
  const response = await fetch(new URL(`rest/${path}`, base), {
    headers: { 'x-api-key': key, ...(workspaceId !== undefined && { 'x-workspace-id': workspaceId }) },
    // A key is for this server, not for one it points to.
    redirect: 'error',
    signal: AbortSignal.timeout(ANSWER_LIMIT_MS),
  });
  const text = await response.text();
  return { status: response.status, body: parseJson(text) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What fetch hides behind "fetch failed". */
function causeOf(error: unknown): string {
  return messageOf(error instanceof Error && error.cause !== undefined ? error.cause : error);
}
