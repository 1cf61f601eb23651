import type { DeploymentReport } from '@apms/validators';
import {
  type Context,
  ROOT_CONTEXT,
  SpanStatusCode,
  TraceFlags,
  type Tracer,
  trace as traceApi,
} from '@opentelemetry/api';
import { ExportResultCode } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { NodeTracerProvider, RandomIdGenerator, type ReadableSpan } from '@opentelemetry/sdk-trace-node';
import { DeployError } from '../failure.ts';
import type { Trace } from './open-trace.ts';
import { type PlannedSpan, spansOf } from './spans-of.ts';

/** How long a collector may take, all attempts together. */
const TIMEOUT_MS = 5_000;

/**
 * Sends a run as one trace to a collector by OTLP over HTTP. Everything about where and with which headers comes from the
 * standard variables `OTEL_…`. To be imported only when there is a collector: the libraries take long to load.
 * @throws {TRACE_NOT_SENT} when it does not take them within five seconds.
 */
export async function exportTrace(trace: Trace, report: DeploymentReport): Promise<void> {
  const ended: ReadableSpan[] = [];
  const ids = new RandomIdGenerator();
  const spanIds = [trace.spanId];
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.name': process.env['OTEL_SERVICE_NAME'] ?? 'apms-deploy' }),
    // The run's own span has had its id since before its first hook was told of it.
    idGenerator: {
      generateTraceId: () => trace.traceId,
      generateSpanId: () => spanIds.pop() ?? ids.generateSpanId(),
    },
    spanProcessors: [
      {
        onStart: () => undefined,
        onEnd: (span) => {
          if ((span.spanContext().traceFlags & TraceFlags.SAMPLED) !== 0) ended.push(span);
        },
        forceFlush: async () => undefined,
        shutdown: async () => undefined,
      },
    ],
  });
  const tracer = provider.getTracer('apms-deploy');
  startSpan(tracer, spansOf(report), parentOf(trace));
  if (ended.length === 0) return;

  const exporter = new OTLPTraceExporter({ timeoutMillis: TIMEOUT_MS });
  const error = await new Promise<Error | undefined>((resolve) => {
    exporter.export(ended, (result) =>
      resolve(result.code === ExportResultCode.SUCCESS ? undefined : (result.error ?? new Error())),
    );
  });
  await exporter.shutdown();
  if (error !== undefined) throw new DeployError({ code: 'TRACE_NOT_SENT', problem: error.message });
}

function parentOf({ traceId, parentSpanId, sampled }: Trace): Context {
  if (parentSpanId === undefined) return ROOT_CONTEXT;
  const traceFlags = sampled ? TraceFlags.SAMPLED : TraceFlags.NONE;
  return traceApi.setSpanContext(ROOT_CONTEXT, {
    traceId,
    spanId: parentSpanId,
    traceFlags,
    isRemote: true,
  });
}

/** All of it is over, so that a span is started and ended with the times it had. */
function startSpan(tracer: Tracer, planned: PlannedSpan, parent: Context): void {
  const { name, startMs, endMs, attributes, error, children } = planned;
  const span = tracer.startSpan(name, { startTime: new Date(startMs), attributes }, parent);
  for (const child of children) startSpan(tracer, child, traceApi.setSpan(parent, span));
  if (error !== undefined) {
    span.recordException({ name: error.code, message: error.message }, new Date(endMs));
    span.setStatus({ code: SpanStatusCode.ERROR, message: error.message });
  }
  span.end(new Date(endMs));
}
