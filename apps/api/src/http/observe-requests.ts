import type { FastifyInstance } from 'fastify';
import type { Metrics } from './metrics.ts';
import { traceRequests } from './trace-requests.ts';

/** Gives each request its id, counts it and logs one line about it: never its query, which may hold credentials. */
export function observeRequests(server: FastifyInstance, metrics: Metrics): void {
  // Looking for secrets takes longer than writing the line, in which there are none.
  const log = server.log.child({}, { redact: [] });
  server.addHook('onRequest', (request, reply, done) => {
    metrics.requestStarted();
    reply.header('x-request-id', request.id);
    done();
  });
  server.addHook('onResponse', (request, reply, done) => {
    const { url: route = 'none', config } = request.routeOptions;
    metrics.requestFinished(route, reply.statusCode);
    const facts = {
      reqId: request.id,
      method: request.method,
      route,
      procedures: request.procedures,
      status: reply.statusCode,
      durationMs: Math.round(reply.elapsedTime * 10) / 10,
    };
    // Whoever watches the process asks all the time.
    if (config.rateLimit === false) log.debug(facts, 'answered');
    else log.info(facts, 'answered');
    done();
  });
  traceRequests(server);
}
