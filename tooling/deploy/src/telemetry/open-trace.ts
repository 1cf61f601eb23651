import { randomBytes } from 'node:crypto';

/** The place of a run in a distributed trace. */
export interface Trace {
  traceId: string;
  /** Of the span of the whole run. */
  spanId: string;
  /** Of the caller's span; undefined when the run is where the trace begins. */
  parentSpanId: string | undefined;
  /** Whether the caller keeps the trace. */
  sampled: boolean;
}

/** @source https://www.w3.org/TR/trace-context/#traceparent-header-field-values */
const TRACEPARENT = /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(?:-|$)/;

/**
 * The trace that a run belongs to: its caller's when the environment names one (`TRACEPARENT`), else a new one.
 * Undefined when no collector is configured (`OTEL_EXPORTER_OTLP_ENDPOINT`, `OTEL_EXPORTER_OTLP_TRACES_ENDPOINT`).
 */
export function openTrace(environment: NodeJS.ProcessEnv): Trace | undefined {
  const { OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT, OTEL_SDK_DISABLED } = environment;
  if (!(OTEL_EXPORTER_OTLP_TRACES_ENDPOINT || OTEL_EXPORTER_OTLP_ENDPOINT)) return undefined;
  if (OTEL_SDK_DISABLED?.toLowerCase() === 'true') return undefined;
  const [, traceId, parentSpanId, flags = '01'] = TRACEPARENT.exec(environment['TRACEPARENT'] ?? '') ?? [];
  return {
    traceId: traceId ?? randomBytes(16).toString('hex'),
    spanId: randomBytes(8).toString('hex'),
    parentSpanId,
    sampled: (Number.parseInt(flags, 16) & 1) === 1,
  };
}

/** What a command that the run starts finds in `TRACEPARENT`: its spans become children of the run's. */
export function traceparentOf({ traceId, spanId, sampled }: Trace): string {
  return `00-${traceId}-${spanId}-${sampled ? '01' : '00'}`;
}
