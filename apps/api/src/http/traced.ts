import type { WorkspaceDb } from '@apms/db';
import { type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';

const TRACER = 'apms-api';
let isOn = false;

/** From now on there is somebody to tell of spans; until then they cost nothing. */
export function startTracing(): void {
  isOn = true;
}

export function isTracing(): boolean {
  return isOn;
}

/** Runs the work inside a span of its own. */
export async function traced<T>(name: string, work: () => Promise<T>, kind = SpanKind.INTERNAL): Promise<T> {
  if (!isOn) return await work();
  return await trace.getTracer(TRACER).startActiveSpan(name, { kind }, async (span) => {
    try {
      return await work();
    } catch (error) {
      markFailed(span, error);
      throw error;
    } finally {
      span.end();
    }
  });
}

/** The same database, with a span for each of its statements and transactions. */
export function traceDatabase(db: WorkspaceDb): WorkspaceDb {
  if (!isOn) return db;
  return {
    scope: db.scope,
    query: (query, options) => traced('database query', () => db.query(query, options), SpanKind.CLIENT),
    transaction: (work) => traced('database transaction', () => db.transaction(work), SpanKind.CLIENT),
  };
}

function markFailed(span: Span, error: unknown): void {
  span.setStatus({ code: SpanStatusCode.ERROR });
  span.setAttribute('error.type', error instanceof Error ? error.name : 'unknown');
}
