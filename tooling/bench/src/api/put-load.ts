import autocannon from 'autocannon';
import { BenchError } from '../bench-error.ts';

/** A request as the load sends it. */
export interface LoadRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What came of a load. */
export interface LoadResult {
  readonly requestsPerSecond: number;
  readonly p99Ms: number;
}

/** Clients that each wait for an answer before they ask again. */
export const CONNECTIONS = 20;

/**
 * Sends so many requests over 20 kept connections; the n-th is `requestOf(n)`.
 * @throws {BenchError} when one is not answered with success
 */
export async function putLoad(
  url: string,
  amount: number,
  requestOf: (index: number) => LoadRequest,
): Promise<LoadResult> {
  let index = 0;
  const times: number[] = [];
  const startedAt = performance.now();
  let endedAt = startedAt;
  const failed = new Map<number, number>();
  const { errors } = await new Promise<autocannon.Result>((resolve, reject) => {
    const instance = autocannon(
      {
        url,
        connections: Math.min(CONNECTIONS, amount),
        amount,
        // How often it looks whether it is done.
        sampleInt: 50,
        requests: [
          {
            setupRequest: (request) => {
              const { method, path, headers = {}, body } = requestOf(index);
              index += 1;
              const sent = { ...request, method, path, headers: { ...headers } };
              return body === undefined
                ? sent
                : { ...sent, headers: { ...headers, 'content-type': 'application/json' }, body };
            },
          },
        ],
      },
      (error: unknown, result) => (error ? reject(error) : resolve(result)),
    );
    // The library's own figures are rounded: of time to seconds, of latency to milliseconds.
    instance.on('response', (_client, status, _bytes, ms) => {
      times.push(ms);
      endedAt = performance.now();
      if (status !== 200) failed.set(status, (failed.get(status) ?? 0) + 1);
    });
  });
  if (failed.size > 0 || errors > 0) {
    const statuses = [...failed].map(([status, count]) => `${count} × ${status}`).join(', ');
    throw new BenchError(`${url}${requestOf(0).path}: ${errors} errors, answers ${statuses}`);
  }
  return {
    requestsPerSecond: (times.length * 1_000) / (endedAt - startedAt),
    p99Ms: percentile(times, 0.99),
  };
}

/** The value that a share of the values do not exceed. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * share) - 1] ?? Number.NaN;
}
