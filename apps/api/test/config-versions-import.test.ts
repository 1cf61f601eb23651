import { newId } from '@apms/db';
import { ImportProgress } from '@apms/validators';
import { writeWorkbook } from '@apms/workbook';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { importRows, insertDocument, readFixture, smallRows } from './support/config-versions.ts';
import { failureOf } from './support/failure-of.ts';
import { startApi, type TestApi, type TestClient, type TestWorkspace } from './support/start-api.ts';

let api: TestApi;
let workspace: TestWorkspace;
let manager: TestClient['configVersions'];

beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());
beforeEach(async () => {
  workspace = await api.createWorkspace();
  manager = api.as(workspace.people.CONFIG_MANAGER).configVersions;
});

const upload = async (bytes: Uint8Array) => (await insertDocument(api, workspace, bytes)).id;
const uploadRows = async (rows = smallRows()) => await upload(await writeWorkbook(rows));

/** Rows of the workspace in every table that an import writes, and all users. */
async function everythingWritten() {
  const { prisma } = api.database;
  const where = { workspaceId: workspace.id };
  return {
    versions: await prisma.configVersion.count({ where }),
    scopes: await prisma.atpScopeMaster.count({ where }),
    clusters: await prisma.clusterMaster.count({ where }),
    approvers: await prisma.clusterApproverMaster.count({ where }),
    events: await prisma.auditEvent.count({ where }),
    users: await prisma.user.count(),
  };
}

/** People that no other test knows. */
function newPeople() {
  const marker = newId();
  const rename = (email: string) => `${marker}.${email}`;
  const rows = smallRows();
  return {
    ...rows,
    people: rows.people.map((row) => ({ ...row, email: rename(row.email) })),
    approvers: rows.approvers.map((row) => ({ ...row, email: rename(row.email) })),
    policies: rows.policies.map((policy) => ({
      ...policy,
      stages: policy.stages.map((stage) => ({
        ...stage,
        staticUserEmail: stage.staticUserEmail === null ? null : rename(stage.staticUserEmail),
      })),
    })),
  };
}

describe('what cannot be imported', () => {
  test.each([
    ['no workbook', Buffer.from('%PDF-1.7 this is something else')],
    ['half a workbook', null],
  ])('%s is refused with the reason, and nothing is stored', async (_, bytes) => {
    const documentId = await upload(bytes ?? (await readFixture()).subarray(0, 100_000));
    const before = await everythingWritten();
    const failure = await failureOf(manager.import.mutate({ documentId }));
    expect(failure).toMatchObject({
      code: 'WORKBOOK_UNREADABLE',
      documentId,
      reason: expect.stringMatching(/\w/),
    });
    expect(await everythingWritten()).toEqual(before);
  });

  test('a document of another workspace is not there', async () => {
    const elsewhere = await api.createWorkspace();
    const { id: documentId } = await insertDocument(api, elsewhere, await readFixture());
    const facts = { code: 'ENTITY_NOT_FOUND', entity: 'document', id: documentId };
    expect(await failureOf(manager.import.mutate({ documentId }))).toEqual(facts);
  });

  test('a content that is not what was uploaded is not trusted', async () => {
    const documentId = await uploadRows();
    const other = await insertDocument(api, workspace, await readFixture());
    const { storageKey } = await api.database.prisma.document.findUniqueOrThrow({ where: { id: other.id } });
    await api.database.prisma.document.delete({ where: { id: other.id } });
    await api.services.documents.remove(storageKey);
    await api.database.prisma.document.update({ where: { id: documentId }, data: { storageKey } });
    expect(await failureOf(manager.import.mutate({ documentId }))).toMatchObject({ code: 'INTERNAL' });
    expect(await manager.list.query({})).toMatchObject({ items: [] });
  });
});

describe('people', () => {
  test('who are known stay as they are, whoever is new becomes PENDING', async () => {
    const rows = newPeople();
    const [known, unknown] = rows.people;
    if (known === undefined || unknown === undefined) throw new Error('there are people');
    const { prisma } = api.database;
    const id = newId();
    const email = known.email.toUpperCase();
    await prisma.user.create({ data: { id, email, name: 'As they call themselves', status: 'SUSPENDED' } });
    const { id: configVersionId } = await importRows(api, rows, { workspace });
    expect(await prisma.user.findUnique({ where: { id } })).toMatchObject({
      email,
      name: 'As they call themselves',
      status: 'SUSPENDED',
      phone: null,
    });
    expect(await prisma.user.findFirst({ where: { email: unknown.email } })).toMatchObject({
      name: unknown.name,
      status: 'PENDING',
    });
    const { items } = await manager.rows.query({ configVersionId, kind: 'approvers' });
    expect(items.map((row) => (row.kind === 'approvers' ? row.email : ''))).toContain(known.email);
    expect(await prisma.workspaceMembership.count({ where: { userId: id } })).toBe(0);
  });
});

describe('all of it or nothing', () => {
  test('a failure at the very end leaves nothing', async () => {
    const documentId = await uploadRows(newPeople());
    const before = await everythingWritten();
    await api.database.pool.query(`
      create function refuse_import() returns trigger language plpgsql as $$ begin raise exception 'too late'; end $$;
      create trigger trg_refuse_import before insert on audit_events for each row
        when (new.action = 'configVersions.import') execute function refuse_import()`);
    try {
      expect(await failureOf(manager.import.mutate({ documentId }))).toEqual({ code: 'INTERNAL' });
    } finally {
      await api.database.pool.query(
        'drop trigger trg_refuse_import on audit_events; drop function refuse_import()',
      );
    }
    expect(await everythingWritten()).toEqual(before);
    expect(await manager.import.mutate({ documentId })).toMatchObject({ versionNumber: 1 });
  });

  test('a connection that is killed in the middle leaves nothing', async () => {
    const documentId = await uploadRows(newPeople());
    const before = await everythingWritten();
    const other = await api.testDatabase.connect();
    await other.query('begin');
    // The import stops at its last table, with all others written.
    await other.query('lock table cluster_approver_master in share mode');
    try {
      const importing = failureOf(manager.import.mutate({ documentId }));
      await expect
        .poll(
          async () => {
            const { rowCount } = await api.database.pool.query(
              `select pg_terminate_backend(pid) from pg_stat_activity
             where datname = current_database() and wait_event_type = 'Lock' and query like '%cluster_approver_master%'`,
            );
            return rowCount;
          },
          { timeout: 20_000 },
        )
        .toBe(1);
      expect(await importing).toEqual({ code: 'DATABASE_UNAVAILABLE' });
    } finally {
      await other.query('rollback');
    }
    expect(await everythingWritten()).toEqual(before);
    expect(await manager.import.mutate({ documentId })).toMatchObject({ versionNumber: 1 });
  });

  test('imports at once get different numbers, and the same people once', async () => {
    const rows = newPeople();
    const documents = await Promise.all([1, 2, 3].map(() => uploadRows(rows)));
    const versions = await Promise.all(documents.map((documentId) => manager.import.mutate({ documentId })));
    expect(versions.map(({ versionNumber }) => versionNumber).toSorted()).toEqual([1, 2, 3]);
    const emails = rows.people.map(({ email }) => email);
    expect(await api.database.prisma.user.count({ where: { email: { in: emails } } })).toBe(3);
  });

  test('another source type counts for itself', async () => {
    await importRows(api, smallRows(), { workspace });
    const other = await importRows(api, smallRows(), { workspace, sourceType: 'CLUSTER_MAPPING' });
    expect(other).toMatchObject({ versionNumber: 1, sourceType: 'CLUSTER_MAPPING' });
  });

  test('sent twice with one key, it happens once', async () => {
    const documentId = await uploadRows();
    const headers = { 'idempotency-key': newId() };
    const once = api.as(workspace.people.CONFIG_MANAGER, { headers }).configVersions;
    const [first, second] = await Promise.all([1, 2].map(() => once.import.mutate({ documentId })));
    expect(second).toEqual(first);
    expect((await manager.list.query({})).items).toHaveLength(1);
  });
});

describe('defaults of the workspace', () => {
  test('fill in what the workbook does not say', async () => {
    await api.database.prisma.workspaceSettings.create({
      data: {
        workspaceId: workspace.id,
        stageSlaHours: 10,
        finalStageSlaHours: 5,
        scopeCategories: { RAN: 'BOTH' },
      },
    });
    const { id: configVersionId } = await manager.import.mutate({
      documentId: await upload(await readFixture()),
    });
    const stages = await manager.rows.query({ configVersionId, kind: 'stages', limit: 200 });
    const ran = stages.items.filter((row) => row.kind === 'stages' && row.scopeCode === 'RAN');
    expect(ran).toMatchObject(
      Array.from({ length: 9 }, (_, index) => ({
        atpCategory: 'BOTH',
        stageNumber: (index % 3) + 1,
        slaHours: index % 3 === 2 ? 5 : 10,
      })),
    );
  });
});

describe('progress', () => {
  test('is told while the import runs, to those who may see it', async () => {
    const documentId = await upload(await readFixture());
    const steps = await watch(documentId, async () => {
      await manager.import.mutate({ documentId });
    });
    expect([...new Set(steps.map(({ phase }) => phase))]).toEqual([
      'unpacking',
      'understanding',
      'storing',
      'done',
    ]);
    const storing = steps.filter(({ phase }) => phase === 'storing').map(({ rowsDone }) => rowsDone);
    expect(storing).toEqual(storing.toSorted((a, b) => a - b));
  });

  test('tells of a failure too', async () => {
    const documentId = await upload(Buffer.from('nothing that a workbook begins with'));
    const steps = await watch(documentId, async () => {
      await failureOf(manager.import.mutate({ documentId }));
    });
    expect(steps.at(-1)).toMatchObject({ documentId, phase: 'failed' });
  });
});

/** What a subscriber is told from when it listens to when the subscription ends by itself. */
async function watch(documentId: string, work: () => Promise<void>): Promise<ImportProgress[]> {
  const query = new URLSearchParams({ input: JSON.stringify({ documentId }) });
  const listening = api.services.changes.stats().subscribers + 1;
  const response = await fetch(`${api.url}/trpc/configVersions.importProgress?${query.toString()}`, {
    headers: {
      accept: 'text/event-stream',
      'x-workspace-id': workspace.id,
      ...workspace.people.VIEWER.credentials,
    },
  });
  await expect.poll(() => api.services.changes.stats().subscribers).toBe(listening);
  const [text] = await Promise.all([response.text(), work()]);
  return [...text.matchAll(/^data: (\{"documentId".*\})$/gm)].map(([, data = '']) =>
    ImportProgress.parse(z.json().parse(JSON.parse(data))),
  );
}
