import { type Context, context, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isTracing } from './traced.ts';

const contexts = new WeakMap<FastifyRequest, Context>();

/** Runs the work as part of the request's span; the body's events come from outside of it. */
export function asPartOf<T>(request: FastifyRequest, work: () => T): T {
  const ofRequest = contexts.get(request);
  return ofRequest === undefined ? work() : context.with(ofRequest, work);
}

/** A span for each request, as part of the caller's trace when it names one (`traceparent`). */
export function traceRequests(server: FastifyInstance): void {
  if (!isTracing()) return;
  server.addHook('onRequest', (request, _reply, done) => {
    const { method, headers, id } = request;
    const route = request.routeOptions.url ?? 'none';
    const callers = propagation.extract(context.active(), headers);
    const attributes = { 'http.request.method': method, 'http.route': route, 'apms.request_id': id };
    const options = { kind: SpanKind.SERVER, attributes };
    const span = trace.getTracer('apms-api').startSpan(`${method} ${route}`, options, callers);
    contexts.set(request, trace.setSpan(callers, span));
    done();
  });
  server.addHook('onResponse', (request, reply, done) => {
    const span = trace.getSpan(contexts.get(request) ?? context.active());
    span?.setAttribute('http.response.status_code', reply.statusCode);
    if (reply.statusCode >= 500) span?.setStatus({ code: SpanStatusCode.ERROR });
    span?.end();
    done();
  });
}
