import type { AppErrorData, InputIssue, Permission } from '@apms/validators';
import { getErrorShape, getTRPCErrorFromUnknown, initTRPC, TRPCError } from '@trpc/server';
import type { OpenApiMeta } from 'trpc-to-openapi';
import { ZodError } from 'zod';
import { constraintsOf } from './constraints.ts';
import type { RequestContext } from './context.ts';
import { enterWorkspace, repeatable, requirePerson } from './enter-workspace.ts';
import { AppError, trpcCodes } from './errors.ts';
import { explainFailure } from './explain-failure.ts';
import { isAsyncIterable, whilePermitted } from './while-permitted.ts';

/** What every error carries on the wire, beside tRPC's own code and status. */
interface ErrorFacts {
  readonly appError: AppErrorData;
  readonly inputIssues: InputIssue[];
  readonly requestId: string | null;
}

/** What is known of a procedure beside its types. */
interface ProcedureMeta extends OpenApiMeta {
  /** What it takes to call it; absent when nothing does. */
  readonly access?: Permission | 'SIGNED_IN';
}

const t = initTRPC
  .context<RequestContext>()
  .meta<ProcedureMeta>()
  .create({
    isServer: true,
    // A silent connection is closed by what lies between; a client that hears nothing connects again.
    sse: { ping: { enabled: true, intervalMs: 15_000 }, client: { reconnectAfterInactivityMs: 40_000 } },
    errorFormatter: ({ shape, error, ctx }) => {
      const failure = toAppError(error);
      const facts: ErrorFacts = {
        appError: failure.data,
        inputIssues: issuesOf(error),
        requestId: ctx?.requestId ?? null,
      };
      const { code, httpStatus, path } = shape.data;
      // Made anew: the library's shape carries the stack and, for an unexpected error, its message.
      return {
        code: shape.code,
        message: failure.message,
        data: { code, httpStatus, path: path ?? null, ...facts },
      };
    },
  });

export const router = t.router;

/** What the library finds wrong before a procedure is reached. */
const libraryErrors: Partial<Record<TRPCError['code'], AppErrorData>> = {
  BAD_REQUEST: { code: 'INPUT_INVALID' },
  PARSE_ERROR: { code: 'INPUT_INVALID' },
  UNSUPPORTED_MEDIA_TYPE: { code: 'INPUT_INVALID' },
  METHOD_NOT_SUPPORTED: { code: 'METHOD_NOT_ALLOWED' },
};

/** The error that a caller is told, whether a procedure threw it or the library did before one was reached. */
export function toAppError(error: TRPCError): AppError {
  if (error.cause instanceof AppError) return error.cause;
  if (error.code === 'NOT_FOUND') {
    return new AppError({ code: 'PROCEDURE_NOT_FOUND', path: /"(.*)"/.exec(error.message)?.[1] ?? '' });
  }
  return new AppError(libraryErrors[error.code] ?? { code: 'INTERNAL' }, { cause: error.cause ?? error });
}

function issuesOf({ code, cause }: TRPCError): InputIssue[] {
  const isInput = code === 'BAD_REQUEST' || code === 'UNSUPPORTED_MEDIA_TYPE';
  if (!isInput || !(cause instanceof ZodError)) return [];
  return cause.issues.map(({ path, message }) => ({
    path: path.map((part) => (typeof part === 'symbol' ? String(part) : part)),
    message,
  }));
}

/** Gives each failure its typed error, and with it the right status. */
const failTyped = t.middleware(async ({ ctx, next, getRawInput }) => {
  const result = await next();
  if (result.ok) return result;
  const { error } = result;
  if (error.code === 'BAD_REQUEST' && error.cause instanceof ZodError) return result;
  throw await typedFailure(ctx, error.cause ?? error, getRawInput);
});

async function typedFailure(
  ctx: RequestContext,
  cause: unknown,
  getInput: () => Promise<unknown>,
): Promise<TRPCError> {
  if (cause instanceof AppError) return toTrpcError(cause);
  // Read only now: most failures are expected ones, and a database that is gone has no constraints to tell.
  const constraints = await constraintsOf(ctx.database).catch(() => new Map());
  return toTrpcError(explainFailure(cause, { constraints, input: await getInput() }));
}

/** The error that a procedure would have failed with, for the routes beside the procedures. */
export async function explainedError(ctx: RequestContext, cause: unknown): Promise<TRPCError> {
  if (cause instanceof ZodError) return new TRPCError({ code: 'BAD_REQUEST', cause });
  return await typedFailure(ctx, cause, async () => null);
}

/** The failure as the library knows it: a typed one has its own code, any other is nobody's business. */
export function asTrpcError(cause: unknown): TRPCError {
  return cause instanceof AppError ? toTrpcError(cause) : getTRPCErrorFromUnknown(cause);
}

/** What a caller is told of the failure, with or without a procedure of this path. */
export function answerError(error: TRPCError, path: string | undefined, requestId: string) {
  // oxlint-disable-next-line no-underscore-dangle -- the library's own name
  const config = t._config;
  const shape = getErrorShape({ config, error, type: 'unknown', path, input: undefined, ctx: undefined });
  return { ...shape, data: { ...shape.data, requestId } };
}

function toTrpcError(cause: AppError): TRPCError {
  return new TRPCError({ code: trpcCodes[cause.data.code], message: cause.message, cause });
}

/** Open to everybody. */
export const publicProcedure = t.procedure.use(failTyped);

/** Somebody who is signed in, outside any workspace. @throws {AppError} UNAUTHENTICATED, ACCOUNT_NOT_ACTIVE */
export const personProcedure = publicProcedure.meta({ access: 'SIGNED_IN' }).use(async ({ ctx, next }) => {
  const person = await requirePerson(ctx);
  const result = await next({ ctx: { person, now: ctx.services.clock() } });
  if (!result.ok || !isAsyncIterable(result.data)) return result;
  const check = () => requirePerson(ctx);
  return { ...result, data: endedWithAccess(ctx, result.data, person.userId, check) };
});

/**
 * A member of the workspace that the request names whose role includes the permission. The check comes before the
 * input is looked at, so that whoever may not call learns nothing from its validation.
 * @throws {AppError} UNAUTHENTICATED, ACCOUNT_NOT_ACTIVE, WORKSPACE_REQUIRED, WORKSPACE_NOT_FOUND, PERMISSION_DENIED
 */
export function permit(permission: Permission) {
  return publicProcedure.meta({ access: permission }).use(async ({ ctx, next, path, type, getRawInput }) => {
    const workspace = await enterWorkspace(ctx, permission);
    const key = type === 'mutation' ? ctx.idempotencyKey : null;
    if (key === null) {
      const result = await next({ ctx: workspace });
      if (!result.ok || !isAsyncIterable(result.data)) return result;
      const check = () => enterWorkspace(ctx, permission);
      return { ...result, data: endedWithAccess(ctx, result.data, workspace.actor.userId, check) };
    }
    if (ctx.callCount > 1) throw new AppError({ code: 'IDEMPOTENCY_KEY_BATCHED' });
    return await next({ ctx: repeatable(workspace, { key, procedure: path, input: await getRawInput() }) });
  });
}

/** The values of a subscription for as long as a new one would be allowed. */
function endedWithAccess(
  ctx: RequestContext,
  source: AsyncIterable<unknown>,
  userId: string,
  check: () => Promise<unknown>,
): AsyncIterable<unknown> {
  const explain = (error: unknown) => typedFailure(ctx, error, async () => null);
  return whilePermitted(source, { changes: ctx.services.changes, userId, check, explain });
}
