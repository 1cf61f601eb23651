import { AppErrorData, InputIssue } from '@apms/validators';
import type { AnyTRPCRouter } from '@trpc/server';
import { generateOpenApiDocument, type OpenAPIObject } from 'trpc-to-openapi';
import { z } from 'zod';
import manifest from '../../package.json' with { type: 'json' };
import { restOperations } from './rest-operations.ts';

const securitySchemes = {
  session: { type: 'apiKey', in: 'cookie', name: 'better-auth.session_token' },
  bearer: { type: 'http', scheme: 'bearer', description: 'The token of a session' },
  apiKey: { type: 'apiKey', in: 'header', name: 'x-api-key' },
} as const;

const workspaceHeader = {
  name: 'x-workspace-id',
  in: 'header',
  description: 'The workspace that the call is about',
  schema: { type: 'string', format: 'uuid' },
} as const;

const idempotencyHeader = {
  name: 'idempotency-key',
  in: 'header',
  required: false,
  description: 'The same key with the same input has its effect once, for a day: send it when you may retry',
  schema: { type: 'string', maxLength: 255 },
} as const;

/** Of every answer that is not 2xx. */
const Failure = z.object({
  error: z.object({
    code: z.int(),
    message: z.string(),
    data: z.object({
      code: z.string(),
      httpStatus: z.int(),
      path: z.string().nullable(),
      appError: AppErrorData,
      inputIssues: z.array(InputIssue),
      requestId: z.string(),
    }),
  }),
});

/** The description of the REST access in OpenAPI 3.1, from the procedures' own schemas. */
export function openApiDocument(router: AnyTRPCRouter): OpenAPIObject {
  const document = generateOpenApiDocument(router, {
    title: 'APMS',
    description: 'The domain of APMS. Every failure has the same shape: narrow on error.data.appError.code.',
    version: manifest.version,
    openApiVersion: '3.1.0',
    baseUrl: '/rest',
    securitySchemes: { ...securitySchemes },
    defs: { Failure },
  });
  for (const { method, path, access } of restOperations(router)) {
    const operation = document.paths?.[path]?.[lowerCase[method]];
    if (operation === undefined) throw new Error(`The description misses ${method} ${path}`);
    const parameters = operation.parameters ?? [];
    const workspace = { ...workspaceHeader, required: access !== null && access !== 'SIGNED_IN' };
    operation.parameters = [...parameters, workspace, ...(method === 'GET' ? [] : [idempotencyHeader])];
    operation.security = access === null ? [] : Object.keys(securitySchemes).map((name) => ({ [name]: [] }));
    operation.responses = {
      200: operation.responses?.['200'] ?? { description: 'Successful response' },
      default: {
        description: access === null ? 'A failure' : `A failure; the call takes ${access}`,
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Failure' } } },
      },
    };
  }
  return document;
}

const lowerCase = { GET: 'get', POST: 'post', PATCH: 'patch', DELETE: 'delete' } as const;
