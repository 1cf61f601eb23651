import { describe, expect, it } from 'vitest';
import { openTrace, traceparentOf } from './open-trace.ts';

const ON = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318' };
const [TRACE, SPAN] = ['0af7651916cd43dd8448eb211c80319c', 'b7ad6b7169203331'];

describe('openTrace', () => {
  it.each([{}, { OTEL_EXPORTER_OTLP_ENDPOINT: '' }, { ...ON, OTEL_SDK_DISABLED: 'true' }])(
    'opens none where nobody collects: %o',
    (environment) => {
      expect(openTrace(environment)).toBeUndefined();
    },
  );

  it('continues the trace of its caller, sampled as the caller says', () => {
    for (const [flags, sampled] of [
      ['01', true],
      ['00', false],
      ['03', true],
    ] as const) {
      const trace = openTrace({ ...ON, TRACEPARENT: `00-${TRACE}-${SPAN}-${flags}` });
      expect(trace).toMatchObject({ traceId: TRACE, parentSpanId: SPAN, sampled });
      expect(trace && traceparentOf(trace)).toBe(`00-${TRACE}-${trace?.spanId}-0${sampled ? 1 : 0}`);
    }
  });

  it.each([
    undefined,
    '',
    'garbage',
    `ff-${TRACE}-${SPAN}-01`,
    `00-${'0'.repeat(32)}-${SPAN}-01`,
    `00-${TRACE}-${'0'.repeat(16)}-01`,
    `00-${TRACE.toUpperCase()}-${SPAN}-01`,
    `00-${TRACE}-${SPAN}-01x`,
  ])('begins one where the caller names none that is valid: %s', (TRACEPARENT) => {
    const trace = openTrace({
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://127.0.0.1/v1/traces',
      TRACEPARENT,
    });
    expect(trace).toMatchObject({ parentSpanId: undefined, sampled: true });
    expect(trace && traceparentOf(trace)).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
    expect(trace?.traceId).not.toBe(TRACE);
  });
});
