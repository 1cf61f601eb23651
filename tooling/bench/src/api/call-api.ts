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

/** Whether the input of a call is one that the procedure takes: some ask for one of several fields. */
export async function takesInput(url: string, call: ApiCall, person: BenchPerson): Promise<boolean> {
  const response = await send(url, call, person);
  await response.arrayBuffer();
  return response.status !== 400;
}

/** What a call is answered with. @throws {BenchError} when it is not answered with success */
export async function callApi(url: string, call: ApiCall, person: BenchPerson): Promise<unknown> {
  const response = await send(url, call, person);
  const text = await response.text();
  if (!response.ok) throw new BenchError(`${call.procedure} ${JSON.stringify(call.input)}: ${text}`);
  const answer: { result: { data: unknown } } = JSON.parse(text);
  return answer.result.data;
}

async function send(url: string, call: ApiCall, person: BenchPerson): Promise<Response> {
  const { method, path, headers, body } = requestOfCall(call, person);
  return await fetch(`${url}${path}`, {
    method,
    headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body }),
  });
}
