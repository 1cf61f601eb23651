import type { OpenApiMeta } from 'trpc-to-openapi';

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

/** Where a procedure is found by those who do not speak tRPC; `{name}` in the path is a field of its input. */
export function rest(method: Method, path: `/${string}`, summary: string): OpenApiMeta {
  const tag = path.split('/')[1] ?? 'api';
  return { openapi: { method, path, summary, tags: [tag], protect: true } };
}
