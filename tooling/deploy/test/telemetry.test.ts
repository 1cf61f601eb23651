import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { afterEach, describe, expect, inject, test } from 'vitest';
import { z } from 'zod';
import { createScenario, type Scenario } from './support/scenario.ts';
import { startReceiver } from './support/start-receiver.ts';

const NAMES = ['20270101000000_first', '20270102000000_second'] as const;
const PENDING = {
  [NAMES[0]]: 'create table first (id int primary key);',
  [NAMES[1]]: 'create table second (id int primary key);',
};
const TRACE_ID = '0af7651916cd43dd8448eb211c80319c';
const TRACEPARENT = `00-${TRACE_ID}-b7ad6b7169203331-01`;

const Value = z.union([
  z.object({ stringValue: z.string() }).transform(({ stringValue }) => stringValue),
  z.object({ intValue: z.number() }).transform(({ intValue }) => intValue),
  z.object({ boolValue: z.boolean() }).transform(({ boolValue }) => boolValue),
]);
const Attributes = z
  .array(z.object({ key: z.string(), value: Value }))
  .transform((all) => Object.fromEntries(all.map(({ key, value }) => [key, value])));
const Span = z.object({
  name: z.string(),
  traceId: z.string(),
  spanId: z.string(),
  parentSpanId: z.string().optional(),
  startTimeUnixNano: z.string().transform(BigInt),
  endTimeUnixNano: z.string().transform(BigInt),
  attributes: Attributes,
  status: z.object({ code: z.number().optional(), message: z.string().optional() }),
  events: z.array(z.object({ name: z.string(), attributes: Attributes })).default([]),
});
type Span = z.infer<typeof Span>;
const Export = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({ attributes: Attributes }),
      scopeSpans: z.array(z.object({ spans: z.array(Span) })),
    }),
  ),
});

/** A collector that answers as told, and keeps what it was sent. */
async function startCollector(answer: (response: ServerResponse) => void) {
  const spans: Span[] = [];
  const { url, close } = await startReceiver((response, body) => {
    const { resourceSpans } = Export.parse(JSON.parse(body));
    spans.push(...resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans)));
    answer(response);
  });
  return { url, spans, close };
}

const accept = (response: ServerResponse) =>
  void response.writeHead(200, { 'content-type': 'application/json' }).end('{}');

describe.skipIf(inject('testServer').kind === 'embedded')('a trace', () => {
  let scenario: Scenario;
  let collector: Awaited<ReturnType<typeof startCollector>>;

  afterEach(async () => {
    collector.close();
    await scenario.remove();
  });

  const deploy = async (env: Record<string, string>) =>
    scenario.project.deploy(['run', '--env', 'staging'], { ...scenario.env, ...env });

  test('has the run, its steps, migrations and hooks, below the span of the caller', async () => {
    collector = await startCollector(accept);
    const code = "require('fs').writeFileSync('parent', process.env.TRACEPARENT)";
    const hooks = { smoke: [{ command: [process.execPath, '--input-type=commonjs', '-e', code] }] };
    scenario = await createScenario({ pending: PENDING, settings: { hooks } });
    const result = await deploy({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, TRACEPARENT });
    expect(result).toMatchObject({ exitCode: 0, report: { outcome: 'deployed', warnings: [] } });

    const { spans } = collector;
    expect(new Set(spans.map(({ traceId }) => traceId))).toEqual(new Set([TRACE_ID]));
    const [root] = spans.filter(({ name }) => name === 'deploy run');
    expect(root).toMatchObject({
      parentSpanId: 'b7ad6b7169203331',
      attributes: {
        'apms.deployment.id': result.report?.id,
        'apms.deployment.target': 'staging',
        'apms.deployment.outcome': 'deployed',
        'apms.deployment.decision': 'GO',
        'apms.deployment.migrations': 2,
      },
    });
    expect(await readFile(join(scenario.project.root, 'parent'), 'utf8')).toBe(
      `00-${TRACE_ID}-${root?.spanId}-01`,
    );
    const childrenOf = (parent: Span | undefined) =>
      spans.filter(({ parentSpanId }) => parentSpanId === parent?.spanId);
    expect(
      childrenOf(root)
        .map(({ name }) => name)
        .toSorted(),
    ).toEqual(result.report?.steps.map(({ name }) => name).toSorted());
    for (const step of ['rehearse', 'migrate']) {
      const span = spans.find(({ name }) => name === step);
      const children = childrenOf(span);
      expect(children.map(({ name }) => name)).toEqual(NAMES.map((name) => `migration ${name}`));
      for (const { startTimeUnixNano: start, endTimeUnixNano: end } of children) {
        expect(start >= (span?.startTimeUnixNano ?? 0n) - 5_000_000n).toBe(true);
        expect(end <= (span?.endTimeUnixNano ?? 0n) + 5_000_000n).toBe(true);
      }
    }
    expect(childrenOf(spans.find(({ name }) => name === 'smoke'))).toMatchObject([{ name: 'hook smoke' }]);
  });

  test('has the error of the step that failed, and of the run', async () => {
    collector = await startCollector(accept);
    const hooks = { before: [{ command: ['false'] }] };
    scenario = await createScenario({ pending: PENDING, settings: { hooks } });
    const result = await deploy({ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${collector.url}/v1/traces` });
    expect(result).toMatchObject({ exitCode: 1, report: { outcome: 'failed' } });
    const root = collector.spans.find(({ name }) => name === 'deploy run');
    expect(root).toMatchObject({
      status: { code: 2 },
      events: [{ name: 'exception', attributes: { 'exception.type': 'HOOK_FAILED' } }],
    });
    expect(root?.parentSpanId).toBeUndefined();
    expect(collector.spans.find(({ name }) => name === 'hook before')).toMatchObject({ status: { code: 2 } });
  });

  test.each([
    ['refuses it', (response: ServerResponse) => void response.writeHead(400).end()],
    ['never answers', () => undefined],
  ])('that the collector %s is a warning', async (_, answer) => {
    collector = await startCollector(answer);
    scenario = await createScenario();
    const result = await deploy({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url });
    expect(result).toMatchObject({ exitCode: 0, report: { outcome: 'nothing-to-do' } });
    expect(result.output).toContain('Trace: The trace of this run was not sent');
  });

  test('that the caller does not keep is not sent', async () => {
    collector = await startCollector(accept);
    scenario = await createScenario();
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, TRACEPARENT: TRACEPARENT.replace(/1$/, '0') };
    expect(await deploy(env)).toMatchObject({ exitCode: 0, report: { warnings: [] } });
    expect(collector.spans).toEqual([]);
  });
});
