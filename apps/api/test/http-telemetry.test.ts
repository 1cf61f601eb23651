import { once } from 'node:events';
import { createServer } from 'node:http';
import { newId, openDatabase } from '@apms/db';
import { createTestDatabase, type TestDatabase } from '@apms/db/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { insertPerson, type TestPerson } from './support/insert-person.ts';
import { startProcess } from './support/start-process.ts';

let testDatabase: TestDatabase;
let person: TestPerson;
const workspaceId = newId();

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  const database = openDatabase({ connectionString: testDatabase.url });
  await database.prisma.workspace.create({ data: { id: workspaceId, code: 'W', name: 'A programme' } });
  person = await insertPerson(database, workspaceId, ['DOC_CONTROL']);
  await database.close();
});
afterAll(() => testDatabase.drop());

const Span = z.object({
  name: z.string(),
  traceId: z.string(),
  spanId: z.string(),
  parentSpanId: z.string().optional(),
});
const Export = z.object({
  resourceSpans: z.array(z.object({ scopeSpans: z.array(z.object({ spans: z.array(Span) })) })),
});

/** A collector that keeps what it is sent. */
async function startCollector() {
  const spans: z.infer<typeof Span>[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { resourceSpans } = Export.parse(JSON.parse(Buffer.concat(chunks).toString()));
      spans.push(...resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans)));
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { url: `http://127.0.0.1:${port}`, spans, close: () => server.close() };
}

test('a mutation is traced from the caller’s span down to its transaction', async () => {
  const collector = await startCollector();
  const api = await startProcess({
    DATABASE_URL: testDatabase.url,
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
  });
  const traceId = '0af7651916cd43dd8448eb211c80319c';
  const response = await fetch(`${api.url}/trpc/sites.create`, {
    method: 'POST',
    headers: {
      ...person.credentials,
      'x-workspace-id': workspaceId,
      'content-type': 'application/json',
      traceparent: `00-${traceId}-b7ad6b7169203331-01`,
    },
    body: JSON.stringify({ siteCode: 'S-1', name: 'x' }),
  });
  expect(response.status).toBe(200);
  api.child.kill('SIGTERM');
  expect(await api.exited).toBe(0);
  collector.close();

  const [request, procedure, transaction] = [
    'POST /trpc/*',
    'procedure sites.create',
    'database transaction',
  ].map((name) => collector.spans.find((span) => span.name === name));
  expect(request).toMatchObject({ traceId, parentSpanId: 'b7ad6b7169203331' });
  expect(procedure).toMatchObject({ traceId, parentSpanId: request?.spanId });
  expect(transaction).toMatchObject({ traceId, parentSpanId: procedure?.spanId });
});

test('the log has one line a request, with its id, and no secret', async () => {
  const api = await startProcess({ DATABASE_URL: testDatabase.url, LOG_LEVEL: 'trace' });
  const secret = 'hunter2-and-more';
  await fetch(`${api.url}/trpc/sites.list?input={"search":"${secret}"}`, {
    headers: {
      'x-api-key': secret,
      authorization: `Bearer ${secret}`,
      cookie: `better-auth.session_token=${secret}`,
      'x-request-id': 'request-of-the-test',
    },
  });
  await fetch(`${api.url}/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'a@b.example', password: secret }),
  });
  api.child.kill('SIGTERM');
  expect(await api.exited).toBe(0);
  const Line = z.looseObject({ reqId: z.string().optional(), msg: z.string() });
  const lines = api
    .output()
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => Line.parse(JSON.parse(line)));
  const own = lines.filter(({ reqId, msg }) => reqId === 'request-of-the-test' && msg === 'answered');
  expect(own).toMatchObject([{ method: 'GET', procedures: ['sites.list'], status: 401 }]);
  expect(api.output()).not.toContain(secret);
});
