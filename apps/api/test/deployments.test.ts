import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DeploymentFinding, DeploymentReport, type DeploymentSummary } from '@apms/validators';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { directoryDeploymentReports } from '../src/modules/deployments/directory-deployment-reports.ts';
import { failureOf } from './support/failure-of.ts';
import { startApi, type TestApi, type TestClient } from './support/start-api.ts';

let directory: string;
let api: TestApi;
let manager: TestClient;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'apms-deployments-'));
  api = await startApi({ deployments: directoryDeploymentReports({ directory }) });
  manager = api.as(api.workspace.people.CONFIG_MANAGER);
});
afterAll(async () => {
  await api.stop();
  await rm(directory, { recursive: true, force: true });
});

const idOf = (minute: number): string => `20261122T21${String(minute).padStart(2, '0')}10Z-3fa9b1`;

function report(target: string, id: string): DeploymentReport {
  return DeploymentReport.parse({
    format: 1,
    id,
    target,
    database: 'apms@db:5432/apms',
    embedded: false,
    serverVersion: '15.3',
    commit: 'c0ffee',
    dirty: false,
    by: 'somebody@here',
    startedAt: '2026-11-22T21:03:10.000Z',
    finishedAt: '2026-11-22T21:03:12.000Z',
    durationMs: 2_000,
    outcome: 'no-go',
    exitCode: 3,
    decision: 'NO-GO',
    reasons: ['C1 failed'],
    acceptedHold: null,
    failure: { code: 'GATE_CLOSED', message: 'C1 failed' },
    warnings: [],
    steps: [],
    migrations: [{ name: '20251228000000_baseline', checksum: 'x', rehearsed: null, applied: null }],
    checks: [
      {
        code: 'C1',
        title: 'Schema',
        status: 'failed',
        durationMs: 1,
        figures: {},
        problems: [{ message: 'orphans', table: 'sites', count: 1, sampleIds: ['secret-1'] }],
        where: 'rehearsal',
      },
    ],
    findings: [],
    orphans: [{ foreignKey: 'fk_sites_workspace', table: 'sites', count: 1, sampleIds: ['secret-2'] }],
    backup: null,
    rowCounts: [],
    transactionIds: [],
    lockedMs: null,
    lockBudget: null,
    phases: [],
    rollback: null,
  });
}

async function write(
  target: string,
  id: string,
  content = JSON.stringify(report(target, id)),
): Promise<void> {
  await mkdir(join(directory, target, id), { recursive: true });
  await writeFile(join(directory, target, id, 'report.json'), content);
}

describe('history', () => {
  test('pages through a target, the newest first, past what cannot be read', async () => {
    for (const minute of [1, 5, 3, 2, 9, 7]) await write('production', idOf(minute));
    await write('production', idOf(4), '{"format": 1');
    await write('production', idOf(6), JSON.stringify({ ...report('production', idOf(6)), format: 2 }));
    await write('production', idOf(8), JSON.stringify(report('staging', idOf(8))));
    // Under way, or killed: neither a deployment nor a broken report.
    await mkdir(join(directory, 'production', idOf(10)));
    await writeFile(join(directory, 'production', 'journal.jsonl'), '');
    const items: DeploymentSummary[] = [];
    let unreadable = 0;
    let cursor: string | undefined;
    do {
      const page = await manager.deployments.history.query({
        target: 'production',
        limit: 2,
        ...(cursor === undefined ? {} : { cursor }),
      });
      items.push(...page.items);
      unreadable += page.unreadable;
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(items.map(({ id }) => id)).toEqual([9, 7, 5, 3, 2, 1].map(idOf));
    expect(unreadable).toBe(3);
    expect(items[0]).toMatchObject({
      outcome: 'no-go',
      decision: 'NO-GO',
      failure: 'GATE_CLOSED',
      migrations: ['20251228000000_baseline'],
      backupId: null,
    });
    expect(await manager.deployments.targets.query()).toEqual({ targets: ['production'] });
  });

  test('is empty where nothing was deployed', async () => {
    expect(await manager.deployments.history.query({ target: 'nowhere' })).toEqual({
      items: [],
      nextCursor: null,
      unreadable: 0,
    });
    const missing = directoryDeploymentReports({ directory: join(directory, 'missing') });
    expect(await missing.targets()).toEqual([]);
  });

  test.each(['../production', '..', '/etc', 'Production', '', 'a\u0000b'])(
    'refuses the target %j',
    async (target) => {
      expect(await failureOf(manager.deployments.history.query({ target }))).toEqual({
        code: 'INPUT_INVALID',
      });
    },
  );

  test.each(['x', Buffer.from('../../etc').toString('base64url')])(
    'refuses the cursor %s',
    async (cursor) => {
      expect(await failureOf(manager.deployments.history.query({ target: 'production', cursor }))).toEqual({
        code: 'CURSOR_INVALID',
      });
    },
  );

  test('costs a page of a few reports among thousands', async () => {
    const ids = Array.from(
      { length: 1_500 },
      (_, index) => `20250101T000000Z-${index.toString(16).padStart(6, '0')}`,
    );
    await Promise.all(ids.map((id) => write('busy', id, '{')));
    await write('busy', idOf(1));
    const page = await manager.deployments.history.query({ target: 'busy', limit: 1 });
    expect(page).toMatchObject({ items: [{ id: idOf(1) }], unreadable: 0 });
    const next = await manager.deployments.history.query({
      target: 'busy',
      limit: 1,
      ...(page.nextCursor === null ? {} : { cursor: page.nextCursor }),
    });
    expect(next).toMatchObject({ items: [], unreadable: 1_000, nextCursor: expect.any(String) });
  });
});

describe('report', () => {
  const secret = 'Key (region)=(secret)';

  const finding: DeploymentFinding = {
    rule: 'history-failed',
    severity: 'error',
    file: 'm/migration.sql',
    line: null,
    column: null,
    statement: null,
    why: '',
    rewrite: 'Undo it.',
    accepted: null,
  };

  /** A report with something that only a row holds wherever the deploy tool may have quoted one. */
  function quoting(minute: number): DeploymentReport {
    const step = { name: 'rehearse', startedAt: '2026-11-22T21:03:11.000Z', durationMs: 1 };
    const plain = report('staging', idOf(minute));
    return {
      ...plain,
      reasons: [`1 orphan in sites: ${secret}.`, secret],
      failure: { code: 'MIGRATION_FAILED', message: secret },
      findings: [{ ...finding, why: 'm never finished.', detail: secret }],
      warnings: [secret],
      steps: [
        { ...step, status: 'failed', passed: false, summary: secret },
        { ...step, name: 'gate', status: 'done', passed: false, summary: 'NO-GO, 2 reasons' },
      ],
      checks: plain.checks.map((check) => ({
        ...check,
        problems: [{ message: 'the check itself broke', detail: secret, sampleIds: ['secret'] }],
      })),
    };
  }

  async function read(content: DeploymentReport): Promise<DeploymentReport> {
    const { id: deploymentId, target } = content;
    await write(target, deploymentId, JSON.stringify(content));
    return await manager.deployments.report.query({ target, deploymentId });
  }

  test('is given whole, without rows of whichever workspace', async () => {
    const told = { reasons: ['1 orphan in sites.', 'Migration m fails.'], failure: 'Migration m fails.' };
    const found = await read({ ...quoting(1), withoutRows: told });
    expect(found).toMatchObject({
      id: idOf(1),
      reasons: told.reasons,
      failure: { code: 'MIGRATION_FAILED', message: told.failure },
      findings: [{ why: 'm never finished.', rewrite: 'Undo it.' }],
      orphans: [{ foreignKey: 'fk_sites_workspace', count: 1, sampleIds: [] }],
      checks: [{ problems: [{ message: 'the check itself broke', sampleIds: [] }] }],
      steps: [
        { name: 'rehearse', status: 'failed' },
        { name: 'gate', summary: 'NO-GO, 2 reasons' },
      ],
    });
    expect(JSON.stringify(found)).not.toContain('secret');
  });

  test('of a tool that did not tell quotations apart says where its texts are to be read', async () => {
    const plain = quoting(1);
    const found = await read({
      ...plain,
      findings: [
        { ...finding, why: secret },
        { ...finding, rule: 'drift', why: 'sites has another column.' },
      ],
      checks: plain.checks.map((check) => ({ ...check, problems: [{ message: secret }] })),
      lockBudget: {
        maxLockMs: 1,
        mode: 'one transaction',
        together: [],
        phased: null,
        excesses: [],
        notPhased: secret,
      },
    });
    const withheld = expect.stringContaining(`pnpm deploy:report ${idOf(1)} --env staging`);
    expect(found).toMatchObject({
      reasons: [withheld, withheld],
      failure: { code: 'MIGRATION_FAILED', message: withheld },
      warnings: [withheld],
      findings: [{ why: withheld }, { why: 'sites has another column.' }],
      checks: [{ problems: [{ message: withheld }] }],
      lockBudget: { notPhased: withheld },
    });
    expect(JSON.stringify(found)).not.toContain('secret');
  });

  test('of which nothing was quoted has nothing withheld', async () => {
    const plain = report('staging', idOf(1));
    const found = await read({ ...plain, reasons: [], failure: null, checks: [], lockBudget: null });
    expect(found).toMatchObject({ reasons: [], failure: null, warnings: [], lockBudget: null });
  });

  test('is not found when it is not there, or not readable', async () => {
    await write('staging', idOf(2), 'not JSON');
    for (const deploymentId of [idOf(2), idOf(3)]) {
      expect(await failureOf(manager.deployments.report.query({ target: 'staging', deploymentId }))).toEqual({
        code: 'ENTITY_NOT_FOUND',
        entity: 'deployment',
        id: deploymentId,
      });
    }
  });

  test.each(['../../secret', '..', `${idOf(1)}/../x`, 'report'])(
    'refuses the id %j',
    async (deploymentId) => {
      expect(await failureOf(manager.deployments.report.query({ target: 'staging', deploymentId }))).toEqual({
        code: 'INPUT_INVALID',
      });
    },
  );

  test('follows no link, of a report, a deployment or a target', async () => {
    await write('linked', idOf(1));
    await mkdir(join(directory, 'linked', idOf(2)));
    await symlink(
      join(directory, 'linked', idOf(1), 'report.json'),
      join(directory, 'linked', idOf(2), 'report.json'),
    );
    await symlink(join(directory, 'linked', idOf(1)), join(directory, 'linked', idOf(3)));
    await symlink(join(directory, 'linked'), join(directory, 'alias'));
    const page = await manager.deployments.history.query({ target: 'linked' });
    expect(page.items.map(({ id }) => id)).toEqual([idOf(1)]);
    expect((await manager.deployments.history.query({ target: 'alias' })).items).toEqual([]);
    for (const [target, deploymentId] of [
      ['linked', idOf(2)],
      ['linked', idOf(3)],
      ['alias', idOf(1)],
    ] as const) {
      expect(await failureOf(manager.deployments.report.query({ target, deploymentId }))).toMatchObject({
        code: 'ENTITY_NOT_FOUND',
      });
    }
  });

  test('is for those who run the system', async () => {
    const viewer = api.as(api.workspace.people.VIEWER);
    expect(await failureOf(viewer.deployments.history.query({ target: 'staging' }))).toEqual({
      code: 'PERMISSION_DENIED',
      permission: 'deployments.read',
    });
  });
});
