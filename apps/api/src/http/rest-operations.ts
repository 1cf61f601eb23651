import type { AnyTRPCProcedure, AnyTRPCRouter } from '@trpc/server';
import { z } from 'zod';

/** A procedure as REST knows it. */
export interface RestOperation {
  readonly procedure: string;
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** With `{name}` for a field of the input. */
  readonly path: string;
  readonly hasBody: boolean;
  /** Of the input; undefined when there is none. */
  readonly schema: z.core.$ZodType | undefined;
  /** What it takes to call it; null when nothing does. */
  readonly access: string | null;
}

const Meta = z.object({
  access: z.string().optional(),
  openapi: z.object({ method: z.enum(['GET', 'POST', 'PATCH', 'DELETE']), path: z.string() }),
});

/** The REST operations of the procedures that declare one. */
export function restOperations(router: AnyTRPCRouter): RestOperation[] {
  // oxlint-disable-next-line no-underscore-dangle -- the library's own name
  const procedures = Object.entries<AnyTRPCProcedure>(router._def.procedures);
  return procedures.flatMap(([procedure, { _def: definition }]) => {
    const meta = Meta.safeParse(definition.meta);
    if (!meta.success || definition.type === 'subscription') return [];
    const { access = null, openapi } = meta.data;
    const hasBody = openapi.method === 'POST' || openapi.method === 'PATCH';
    const [schema] = definition.inputs.filter((input) => input instanceof z.core.$ZodType);
    return [{ procedure, ...openapi, hasBody, access, schema }];
  });
}
