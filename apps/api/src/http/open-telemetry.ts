import { startTracing } from './traced.ts';

export interface Tracing {
  /** Sends what is not sent yet. */
  close(): Promise<void>;
}

/**
 * Sends spans to a collector by OTLP over HTTP. Everything about how comes from the standard variables `OTEL_…`;
 * without `OTEL_EXPORTER_OTLP_ENDPOINT` nothing of it is even loaded.
 */
export async function openTelemetry(serviceVersion: string): Promise<Tracing> {
  const [{ BatchSpanProcessor, NodeTracerProvider }, { OTLPTraceExporter }, { resourceFromAttributes }] =
    await Promise.all([
      import('@opentelemetry/sdk-trace-node'),
      import('@opentelemetry/exporter-trace-otlp-http'),
      import('@opentelemetry/resources'),
    ]);
  const name = process.env['OTEL_SERVICE_NAME'] ?? 'apms-api';
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.name': name, 'service.version': serviceVersion }),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
  });
  provider.register();
  startTracing();
  return { close: () => provider.shutdown() };
}
