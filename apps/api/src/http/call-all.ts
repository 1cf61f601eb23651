import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Answer, callProcedure } from './call-procedure.ts';
import { Deadline } from './deadline.ts';
import { requestContext } from './request-context.ts';
import type { RoutesOptions } from './routes-options.ts';

export interface CallsToMake {
  readonly paths: readonly string[];
  readonly inputOf: (index: number) => unknown;
  /** Whether the request may only read. */
  readonly isRead: boolean;
}

/** Calls the procedures of one request at once, as one person, each with its own time limit. */
export async function callAll(
  options: RoutesOptions,
  request: FastifyRequest,
  reply: FastifyReply,
  { paths, inputOf, isRead }: CallsToMake,
): Promise<Answer[]> {
  const { procedures, limits, observer } = options;
  const { authenticate, ...ctx } = requestContext(options, {
    id: request.id,
    headers: request.headers,
    callCount: paths.length,
  });
  let person: ReturnType<typeof authenticate> | undefined;
  const authenticateOnce = () => (person ??= authenticate());
  const queries: Deadline[] = [];
  // Nobody reads the answer of a client that went away; what it asked to be changed is still changed.
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) for (const deadline of queries) deadline.giveUp();
  });
  return await Promise.all(
    paths.map((path, index) => {
      const procedure = procedures.get(path);
      const deadline = new Deadline(limits.callTimeoutMs);
      if (procedure?.type === 'query') queries.push(deadline);
      const guard: typeof ctx.guard = (db) => observer.database(deadline.guard(db));
      return observer.call({ path, procedure, request }, () =>
        callProcedure({
          path,
          procedure,
          isRead,
          input: () => inputOf(index),
          index,
          ctx: { ...ctx, authenticate: authenticateOnce, guard },
          deadline,
        }),
      );
    }),
  );
}
