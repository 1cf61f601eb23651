import { newId } from '@apms/db';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { referenceExists, validateReferences } from '../src/references.ts';
import { startApi, type TestApi } from './support/start-api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

test('tells in one statement the first row that does not exist in the workspace', async () => {
  const { workspace } = api;
  const { people } = workspace;
  const db = api.database.inWorkspace({ workspaceId: workspace.id, userId: people.VIEWER.userId });
  const site = await api.as(people.DOC_CONTROL).sites.create.mutate({ siteCode: 'S-1', name: 'A site' });
  const elsewhere = await api.createWorkspace();
  const foreign = await api
    .as(elsewhere.people.DOC_CONTROL)
    .sites.create.mutate({ siteCode: 'S-1', name: 'A site' });
  const good = { table: 'sites', field: 'siteId', id: site.id } as const;
  const bad = { table: 'sites', field: 'otherSiteId', id: foreign.id } as const;
  const unknown = { table: 'documents', field: 'documentId', id: newId() } as const;

  await validateReferences(db, [good, { table: 'documents', field: 'documentId', id: null }]);
  await validateReferences(db, []);
  await expect(validateReferences(db, [good, bad, unknown])).rejects.toMatchObject({
    data: { code: 'REFERENCE_NOT_FOUND', entity: 'sites', field: 'otherSiteId', id: foreign.id },
  });
  expect(await referenceExists(db, good)).toBe(true);
  expect(await referenceExists(db, bad)).toBe(false);
  expect(await referenceExists(db, { ...unknown, id: "' or true --" })).toBe(false);
});
