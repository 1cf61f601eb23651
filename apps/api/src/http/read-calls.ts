import { AppError } from '../errors.ts';
import type { HttpLimits } from './http-limits.ts';
import { inputRefused } from './input-refused.ts';
import { readJson } from './read-json.ts';

/** The procedures that a request calls; inputs are read when a procedure asks, after it knows who calls. */
export interface Calls {
  readonly isBatch: boolean;
  readonly paths: readonly string[];
  /** @throws {TRPCError} BAD_REQUEST when the input cannot be read */
  readonly inputOf: (index: number) => unknown;
}

/** What a request to the procedures consists of. `target` is the part of the URL after the prefix. */
export interface CallRequest {
  readonly target: string;
  /** Null for a request without one, whose input is in the URL. */
  readonly body: Buffer | null;
}

/**
 * Reads a request as `@trpc/client` writes it.
 * @throws {TRPCError} BAD_REQUEST
 * @throws {AppError} BATCH_TOO_LARGE
 */
export function readCalls({ target, body }: CallRequest, limits: HttpLimits): Calls {
  const mark = target.indexOf('?');
  const path = decode(mark === -1 ? target : target.slice(0, mark));
  const query = mark === -1 ? '' : target.slice(mark + 1);
  const isBatch = parameterOf(query, 'batch') === '1';
  const paths = isBatch ? path.split(',') : [path];
  if (paths.length > limits.batchCalls) {
    throw new AppError({ code: 'BATCH_TOO_LARGE', limit: limits.batchCalls });
  }
  let inputs: { readonly value: unknown } | undefined;
  return {
    isBatch,
    paths,
    inputOf: (index) => {
      inputs ??= { value: readInputs(body ?? Buffer.from(parameterOf(query, 'input') ?? ''), limits) };
      return isBatch ? partOf(inputs.value, index) : inputs.value;
    },
  };
}

/** The first parameter of the name. @throws {TRPCError} BAD_REQUEST when it is not percent-encoded UTF-8 */
export function parameterOf(query: string, name: string): string | null {
  const start = `${name}=`;
  for (const pair of query.split('&')) {
    if (pair.startsWith(start)) return decode(pair.slice(start.length).replaceAll('+', ' '));
  }
  return null;
}

function decode(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    throw inputRefused('The URL is not percent-encoded UTF-8');
  }
}

function readInputs(bytes: Buffer, limits: HttpLimits): unknown {
  try {
    return readJson(bytes, limits.jsonDepth);
  } catch (error) {
    // Whatever the parser says may quote what it could not read.
    const depth = error instanceof Error && error.message.startsWith('nested') ? `: ${error.message}` : '';
    throw inputRefused(`The input is not JSON that is accepted here${depth}`);
  }
}

/** The input of one call; a batch sends them as an object by the calls' numbers. */
function partOf(inputs: unknown, index: number): unknown {
  if (inputs === undefined) return undefined;
  if (typeof inputs !== 'object' || inputs === null || Array.isArray(inputs)) {
    throw inputRefused('The input of a batch is an object by the numbers of its calls');
  }
  return Object.hasOwn(inputs, index) ? Reflect.get(inputs, index) : undefined;
}
