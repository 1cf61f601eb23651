import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { callAll } from './call-all.ts';
import { coerceFields } from './coerce-fields.ts';
import { inputRefused } from './input-refused.ts';
import { openApiDocument } from './open-api-document.ts';
import { readJson } from './read-json.ts';
import { type RestOperation, restOperations } from './rest-operations.ts';
import type { RoutesOptions } from './routes-options.ts';

/**
 * The same procedures for those who do not speak tRPC, at `/rest`, described by `/openapi.json`. The paths are those of
 * the procedures' own descriptions, from which `trpc-to-openapi` makes the document; its handler is not used, because
 * it makes the schemas that tRPC shares accept text for numbers and breaks on a query with a key of Object.prototype.
 */
export async function restRoutes(server: FastifyInstance, options: RoutesOptions): Promise<void> {
  let document: string | undefined;
  server.get('/openapi.json', async (_request, reply) => {
    document ??= JSON.stringify(openApiDocument(options.router));
    return await reply.header('content-type', 'application/json; charset=utf-8').send(document);
  });
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => {
    done(null, body);
  });
  for (const operation of restOperations(options.router)) {
    server.route({
      method: operation.method,
      url: `/rest${operation.path.replaceAll(/\{(\w+)\}/g, ':$1')}`,
      handler: (request, reply) => answer(options, operation, request, reply),
      exposeHeadRoute: false,
    });
  }
}

async function answer(
  options: RoutesOptions,
  operation: RestOperation,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const paths = [operation.procedure];
  request.procedures = paths;
  const [answered] = await callAll(options, request, reply, {
    paths,
    inputOf: () => inputOf(options, operation, request),
    isRead: operation.method === 'GET',
  });
  reply.header('content-type', 'application/json; charset=utf-8').status(answered?.status ?? 500);
  return await reply.send(
    JSON.stringify(answered?.error === null ? answered.data : { error: answered?.failure }),
  );
}

/** The fields of the path and of the query or the body, as one input. */
function inputOf(
  { limits }: RoutesOptions,
  { schema, hasBody }: RestOperation,
  { body, query, params }: FastifyRequest,
): unknown {
  const ofPath = coerceFields(schema, params);
  if (!hasBody) return { ...coerceFields(schema, query), ...ofPath };
  if (!Buffer.isBuffer(body)) return ofPath;
  const value = readOrRefuse(body, limits.jsonDepth) ?? {};
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw inputRefused('The body has to be an object');
  }
  return { ...value, ...ofPath };
}

function readOrRefuse(body: Buffer, maxDepth: number): unknown {
  try {
    return readJson(body, maxDepth);
  } catch {
    throw inputRefused('The body is not JSON that is accepted here');
  }
}
