import type { ServerResponse } from 'node:http';
import type { WorkspaceDb } from '@apms/db';
import type { TRPCError } from '@trpc/server';
import type { FastifyRequest } from 'fastify';
import { toAppError } from '../trpc.ts';
import type { Answer } from './call-procedure.ts';
import type { Metrics } from './metrics.ts';
import type { KnownProcedure } from './procedures-of.ts';
import { asPartOf } from './trace-requests.ts';
import { traceDatabase, traced } from './traced.ts';

/** A call that is watched. */
export interface ObservedCall {
  readonly path: string;
  readonly procedure: KnownProcedure | undefined;
  readonly request: FastifyRequest;
}

/** Sees what the server does: logs, counts and traces it. */
export interface Observer {
  call(call: ObservedCall, work: () => Promise<Answer>): Promise<Answer>;
  failure(call: Pick<ObservedCall, 'path' | 'request'>, error: TRPCError): void;
  database(db: WorkspaceDb): WorkspaceDb;
  /** An answer that stays open, until it is closed. */
  subscription(response: ServerResponse): void;
  /** Cuts them all off: their clients connect again, to a process that goes on. */
  endSubscriptions(): void;
}

export function createObserver(metrics: Metrics): Observer {
  const open = new Set<ServerResponse>();

  /** Unexpected failures are for whoever runs the API, expected ones for whoever looks for a caller's mistake. */
  function failure({ path, request }: Pick<ObservedCall, 'path' | 'request'>, error: TRPCError): void {
    const { data, cause } = toAppError(error);
    const facts = { procedure: path, code: data.code };
    if (data.code === 'INTERNAL') request.log.error({ ...facts, err: cause ?? error }, 'unexpected failure');
    else if (data.code === 'DATABASE_UNAVAILABLE') request.log.warn({ ...facts, err: cause }, 'refused');
    else request.log.debug(facts, 'refused');
  }

  return {
    failure,
    call: async (call, work) => {
      const name = call.procedure === undefined ? 'unknown' : call.path;
      const startedAt = performance.now();
      const answer = await asPartOf(call.request, () => traced(`procedure ${name}`, work));
      metrics.procedureCalled(name, answer.status, (performance.now() - startedAt) / 1000);
      if (answer.error !== null) failure(call, answer.error);
      return answer;
    },
    database: traceDatabase,
    subscription: (response) => {
      open.add(response);
      metrics.subscriptionOpened();
      response.once('close', () => {
        open.delete(response);
        metrics.subscriptionClosed();
      });
    },
    endSubscriptions: () => {
      for (const response of open) response.destroy();
    },
  };
}
