import type { IncomingHttpHeaders } from 'node:http';

/** The headers that a browser's EventSource cannot send. */
const SENT_AS_PARAMS = ['x-workspace-id', 'authorization', 'x-api-key'] as const;

/** The headers of a request together with those that came as parameters of a subscription, which win. */
export function withConnectionParams(
  headers: IncomingHttpHeaders,
  params: Readonly<Partial<Record<string, string>>> | null,
): IncomingHttpHeaders {
  if (params === null) return headers;
  const given = SENT_AS_PARAMS.flatMap((name) => {
    const value = Object.hasOwn(params, name) ? params[name] : undefined;
    return typeof value === 'string' ? [[name, value] as const] : [];
  });
  return { ...headers, ...Object.fromEntries(given) };
}
