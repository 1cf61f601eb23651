import { BenchError } from '../bench-error.ts';
import type { BenchPerson } from './bench-world.ts';
import type { LoadRequest } from './put-load.ts';

/** A call of a procedure. */
export interface ApiCall {
  readonly procedure: string;
  readonly kind: 'query' | 'mutation';
  readonly input: unknown;
}

/** The call as a request, as the typed client sends it. */
export function requestOfCall(
  { procedure, kind, input }: ApiCall,
  { headers }: BenchPerson,
): LoadRequest & { readonly headers: Readonly<Record<string, string>> } {
  const path = `/trpc/${procedure}`;
  if (kind === 'mutation') return { method: 'POST', path, headers, body: JSON.stringify(input) };
  return { method: 'GET', path: `${path}?input=${encodeURIComponent(JSON.stringify(input))}`, headers };
}

/** What a call is answered with. @throws {BenchError} when it is not answered with success */
export async function callApi(url: string, call: ApiCall, person: BenchPerson): Promise<unknown> {
  const { method, path, headers, body } = requestOfCall(call, person);
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body }),
  });
  const text = await response.text();
  if (!response.ok) throw new BenchError(`${call.procedure} ${JSON.stringify(call.input)}: ${text}`);
  const answer: { result: { data: unknown } } = JSON.parse(text);
  return answer.result.data;
}
