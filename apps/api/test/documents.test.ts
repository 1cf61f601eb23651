import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { Agent, request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId } from '@apms/db';
import { AppErrorData, Document } from '@apms/validators';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { directoryDocumentStore } from '../src/directory-document-store.ts';
import { removeUnreferencedDocuments } from '../src/modules/documents/remove-unreferenced-documents.ts';
import { failureOf } from './support/failure-of.ts';
import { startApi, type TestApi, type TestClient, type TestPerson } from './support/start-api.ts';

const LIMIT_BYTES = 300_000;
let directory: string;
let api: TestApi;
let clerk: TestPerson;
let client: TestClient;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'apms-documents-test-'));
  api = await startApi({ documents: directoryDocumentStore({ directory, limitBytes: LIMIT_BYTES }) });
  clerk = api.workspace.people.DOC_CONTROL;
  client = api.as(clerk);
});
afterAll(async () => {
  await api.stop();
  await rm(directory, { recursive: true, force: true });
});

const sha256 = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex');
const pdf = (sizeBytes = 100): Buffer =>
  Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(Math.max(0, sizeBytes - 9))]);

type Headers = Readonly<Record<string, string>>;

function headersOf(person: TestPerson | null, more: Headers = {}): Headers {
  return {
    ...person?.credentials,
    'x-workspace-id': api.workspace.id,
    'content-type': 'application/pdf',
    ...more,
  };
}

async function post(
  content: Buffer,
  {
    name = 'report.pdf',
    person = clerk,
    headers = {},
  }: { name?: string; person?: TestPerson | null; headers?: Headers } = {},
): Promise<Response> {
  return await fetch(`${api.url}/documents?name=${encodeURIComponent(name)}`, {
    method: 'POST',
    headers: headersOf(person, headers),
    body: new Uint8Array(content),
  });
}

async function upload(content: Buffer, options: Parameters<typeof post>[1] = {}): Promise<Document> {
  const response = await post(content, options);
  expect(response.status).toBe(201);
  return Document.parse(await response.json());
}

const Failure = z.object({ error: z.object({ data: z.object({ appError: AppErrorData }) }) });

async function refusalOf(response: Response): Promise<AppErrorData> {
  const body: unknown = await response.json();
  expect(body).toMatchObject({
    error: { data: { httpStatus: response.status, requestId: expect.any(String) } },
  });
  expect(JSON.stringify(body)).not.toContain('stack');
  return Failure.parse(body).error.data.appError;
}

async function download(documentId: string, headers: Headers = {}, person: TestPerson | null = clerk) {
  return await fetch(`${api.url}/documents/${documentId}/content`, { headers: headersOf(person, headers) });
}

const filesIn = async (folder: string): Promise<string[]> =>
  (await readdir(join(directory, folder), { recursive: true, withFileTypes: true }).catch(() => []))
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);

describe('upload and download', () => {
  test('gives back what was sent, byte by byte', async () => {
    const content = pdf(200_000);
    const document = await upload(content, {
      name: 'Prüfung "1".pdf',
      headers: { 'x-content-sha256': sha256(content) },
    });
    expect(document).toMatchObject({
      name: 'Prüfung "1".pdf',
      mediaType: 'application/pdf',
      sizeBytes: content.byteLength,
      sha256: sha256(content),
      uploadedById: clerk.userId,
    });
    expect(await client.documents.get.query({ documentId: document.id })).toEqual(document);
    const response = await download(document.id);
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'content-length': String(content.byteLength),
      etag: `"${sha256(content)}"`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'content-disposition': `attachment; filename="Pr_fung _1_.pdf"; filename*=UTF-8''Pr%C3%BCfung%20%221%22.pdf`,
    });
    expect(Buffer.from(await response.arrayBuffer()).equals(content)).toBe(true);
    const events = await api.database.prisma.auditEvent.findMany({ where: { entityId: document.id } });
    expect(events).toMatchObject([{ action: 'documents.upload', actorId: clerk.userId }]);
  });

  test('a part, what the caller has, and what is not there', async () => {
    const content = pdf();
    const { id } = await upload(content);
    const part = await download(id, { range: 'bytes=0-7' });
    expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([
      206,
      'bytes 0-7/100',
      '%PDF-1.7',
    ]);
    const other = await download(id, { range: 'bytes=0-7', 'if-range': '"other"' });
    expect([other.status, (await other.arrayBuffer()).byteLength]).toEqual([200, 100]);
    expect((await download(id, { 'if-none-match': `"x", W/"${sha256(content)}"` })).status).toBe(304);
    const beyond = await download(id, { range: 'bytes=100-' });
    expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, 'bytes */100']);
  });

  test('the bytes for other modules, proven', async () => {
    const content = pdf();
    const { id } = await upload(content);
    const { storageKey } = await api.database.prisma.document.findUniqueOrThrow({ where: { id } });
    const store = api.services.documents;
    expect(Buffer.from(await store.readAll(storageKey, 100)).equals(content)).toBe(true);
    await expect(store.readAll(storageKey, 99)).rejects.toMatchObject({
      data: { code: 'DOCUMENT_TOO_LARGE' },
    });
    expect(storageKey).not.toContain('report');
    await expect(store.read('../../../etc/passwd')).rejects.toThrow(RangeError);
  });
});

describe('a refused upload', () => {
  test.each([
    ['empty', Buffer.alloc(0), {}, 400, { code: 'DOCUMENT_EMPTY' }],
    ['too large', pdf(LIMIT_BYTES + 1), {}, 413, { code: 'DOCUMENT_TOO_LARGE', limitBytes: LIMIT_BYTES }],
    [
      'of a type not accepted',
      pdf(),
      { 'content-type': 'text/html' },
      415,
      { code: 'DOCUMENT_TYPE_REFUSED' },
    ],
    [
      'of a type it is not',
      pdf(),
      { 'content-type': 'image/png' },
      415,
      { code: 'DOCUMENT_TYPE_REFUSED', mediaType: 'application/pdf' },
    ],
    [
      'of something that is no type',
      pdf(),
      { 'content-type': 'nonsense' },
      415,
      { code: 'DOCUMENT_TYPE_REFUSED', mediaType: 'nonsense' },
    ],
    [
      'not what its checksum says',
      pdf(),
      { 'x-content-sha256': '0'.repeat(64) },
      422,
      { code: 'DOCUMENT_CORRUPT', expectedSha256: '0'.repeat(64) },
    ],
    ['with a checksum that is none', pdf(), { 'x-content-sha256': 'x' }, 400, { code: 'INPUT_INVALID' }],
  ])('%s leaves neither row nor file', async (_, content, headers, status, refusal) => {
    const { people } = await api.createWorkspace();
    const { workspaceId } = await api.database.prisma.workspaceMembership.findFirstOrThrow({
      where: { userId: people.VENDOR.userId },
    });
    const response = await post(content, {
      person: people.VENDOR,
      headers: { 'x-workspace-id': workspaceId, ...headers },
    });
    expect(response.status).toBe(status);
    expect(await refusalOf(response)).toMatchObject(refusal);
    expect(await api.database.prisma.document.count({ where: { workspaceId } })).toBe(0);
    expect(await filesIn(workspaceId)).toEqual([]);
  });

  test.each([
    '../../etc/passwd',
    'a/b.pdf',
    String.raw`C:\x.pdf`,
    '..',
    '',
    ' ',
    'a\0b',
    'a\nb',
    `a${'x'.repeat(255)}`,
  ])('the name %j', async (name) => {
    const response = await post(pdf(), { name });
    expect(await response.json()).toMatchObject({
      error: {
        data: {
          appError: { code: 'INPUT_INVALID' },
          inputIssues: expect.arrayContaining([expect.objectContaining({ path: ['name'] })]),
        },
      },
    });
  });

  test('too large without saying so beforehand is refused while it streams', async () => {
    const refusal = await new Promise<string>((resolve, reject) => {
      const request = httpRequest(`${api.url}/documents?name=x.pdf`, {
        method: 'POST',
        headers: headersOf(clerk),
      });
      request.on('error', reject);
      request.on('response', (response) => {
        response.setEncoding('utf8');
        let text = '';
        response.on('data', (chunk: string) => (text += chunk));
        response.on('end', () => {
          resolve(text);
          request.destroy();
        });
      });
      request.write(pdf(64 * 1024));
      const timer = setInterval(() => {
        if (request.destroyed) return clearInterval(timer);
        request.write(randomBytes(64 * 1024));
      }, 1);
    });
    expect(refusal).toContain('DOCUMENT_TOO_LARGE');
  });

  test('leaves its connection usable', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const send = async (method: string, path: string, body: Buffer | null) =>
      await new Promise<{ status: number | undefined; isReused: boolean }>((resolve, reject) => {
        const headers = headersOf(clerk, { 'content-type': 'image/png' });
        const request = httpRequest(`${api.url}${path}`, { method, agent, headers });
        request.on('error', reject);
        request.on('response', (response) => {
          response.resume();
          response.on('end', () => resolve({ status: response.statusCode, isReused: request.reusedSocket }));
        });
        request.end(body);
      });
    expect(await send('POST', '/documents?name=x.png', pdf(280_000))).toEqual({
      status: 415,
      isReused: false,
    });
    expect(await send('GET', '/documents/none/content', null)).toEqual({ status: 404, isReused: true });
    agent.destroy();
  });

  test('aborted half-way leaves nothing', async () => {
    const { people } = await api.createWorkspace();
    const { workspaceId } = await api.database.prisma.workspaceMembership.findFirstOrThrow({
      where: { userId: people.VENDOR.userId },
    });
    const request = httpRequest(`${api.url}/documents?name=x.pdf`, {
      method: 'POST',
      headers: { ...headersOf(people.VENDOR), 'x-workspace-id': workspaceId, 'content-length': '200000' },
    });
    request.on('error', () => undefined);
    request.write(pdf(100_000));
    await vi.waitFor(async () => expect(await filesIn('unfinished')).toHaveLength(1));
    request.destroy();
    await vi.waitFor(async () => expect(await filesIn('unfinished')).toEqual([]));
    expect(await filesIn(workspaceId)).toEqual([]);
    expect(await api.database.prisma.document.count({ where: { workspaceId } })).toBe(0);
  });
});

test('twenty simultaneous uploads with one key are one document', async () => {
  const content = pdf();
  const headers = { 'idempotency-key': newId() };
  const documents = await Promise.all(Array.from({ length: 20 }, () => upload(content, { headers })));
  expect(new Set(documents.map(({ id }) => id)).size).toBe(1);
  expect((await filesIn(api.workspace.id)).filter((name) => name.startsWith(sha256(content)))).toHaveLength(
    1,
  );
  expect(await refusalOf(await post(pdf(), { headers }))).toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
});

test('clean-up removes what no document refers to, and only that', async () => {
  const kept = await upload(pdf());
  const store = api.services.documents;
  async function* content() {
    yield pdf();
  }
  const { storageKey } = await store.write(content(), api.workspace.id);
  expect(await removeUnreferencedDocuments(api.database, store, new Date(Date.now() - 60_000))).toBe(0);
  expect(await removeUnreferencedDocuments(api.database, store, new Date(Date.now() + 60_000))).toBe(1);
  await expect(store.read(storageKey)).rejects.toThrow('ENOENT');
  expect((await download(kept.id)).status).toBe(200);
});

test('the content of a document that was moved aside stays for as long as it can be brought back', async () => {
  const store = directoryDocumentStore({ directory });
  const { storageKey } = await store.write(new Blob([new Uint8Array(pdf())]).stream(), api.workspace.id);
  const later = new Date(Date.now() + 60_000);
  const { prisma } = api.database;
  const auditLog = await prisma.dataIntegrityAuditLog.create({
    data: {
      id: newId(),
      startedAt: new Date(),
      durationMs: 1,
      origin: 'ON_DEMAND',
      checksTotal: 0,
      checksFailed: 0,
      orphansTotal: 0,
      results: [],
      health: 'HEALTHY',
    },
  });
  const { id } = await prisma.quarantinedRow.create({
    data: {
      id: newId(),
      auditLogId: auditLog.id,
      constraintName: 'fk_documents_workspace',
      tableName: 'documents',
      rowId: newId(),
      rowData: { storage_key: storageKey },
      reason: 'for the test',
      quarantinedById: clerk.userId,
    },
  });
  expect(await removeUnreferencedDocuments(api.database, store, later)).toBe(0);
  await prisma.quarantinedRow.update({ where: { id }, data: { restoredAt: new Date() } });
  expect(await removeUnreferencedDocuments(api.database, store, later)).toBe(1);
});

describe('access', () => {
  test('to contents is as to procedures', async () => {
    const { id } = await upload(pdf());
    const stranger = (await api.createWorkspace()).people.ADMIN;
    const { workspaceId } = await api.database.prisma.workspaceMembership.findFirstOrThrow({
      where: { userId: stranger.userId },
    });
    expect(await refusalOf(await download(id, {}, null))).toEqual({ code: 'UNAUTHENTICATED' });
    expect(await refusalOf(await post(pdf(), { person: null }))).toEqual({ code: 'UNAUTHENTICATED' });
    expect(await refusalOf(await post(pdf(), { person: api.workspace.people.VIEWER }))).toEqual({
      code: 'PERMISSION_DENIED',
      permission: 'documents.write',
    });
    expect(await refusalOf(await download(id, {}, stranger))).toMatchObject({ code: 'WORKSPACE_NOT_FOUND' });
    expect(await refusalOf(await download(id, { 'x-workspace-id': workspaceId }, stranger))).toEqual({
      code: 'ENTITY_NOT_FOUND',
      entity: 'document',
      id,
    });
    expect(await failureOf(api.as(stranger).documents.get.query({ documentId: id }))).toMatchObject({
      code: 'ENTITY_NOT_FOUND',
    });
    expect(await refusalOf(await download('..%2F..%2Fetc%2Fpasswd'))).toMatchObject({
      code: 'ENTITY_NOT_FOUND',
    });
  });
});

test('list filters, sorts and pages', async () => {
  const marker = newId();
  for (const name of ['b', 'a', 'c']) await upload(pdf(), { name: `${marker}-${name}.pdf` });
  const first = await client.documents.list.query({ search: marker, sort: 'name', limit: 2 });
  const second = await client.documents.list.query({
    search: marker,
    sort: 'name',
    limit: 2,
    cursor: first.nextCursor ?? '',
  });
  expect([...first.items, ...second.items].map(({ name }) => name.slice(-5))).toEqual([
    'a.pdf',
    'b.pdf',
    'c.pdf',
  ]);
  const [newest] = (await client.documents.list.query({ search: marker })).items;
  const same = await client.documents.list.query({ sha256: newest?.sha256 ?? '' });
  expect(same.items.map(({ id }) => id)).toEqual([newest?.id]);
});
