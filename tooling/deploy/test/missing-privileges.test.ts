import { createTestDatabase, type TestDatabase } from '@apms/db/testing';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import {
  createDeployingRole,
  type DeployingRole,
  type DeployingRoleOptions,
  DOCUMENTED,
} from './support/deploying-role.ts';
import { identityOf } from './support/identity.ts';
import { createProject, type Project } from './support/project.ts';

describe.skipIf(inject('testServer').kind === 'embedded')('the role that deploys', () => {
  let migrated: TestDatabase;
  let project: Project;
  let role: DeployingRole;

  beforeAll(async () => {
    // The roles of the API come with the template.
    migrated = await createTestDatabase({ template: 'migrated' });
    project = await createProject();
  });

  afterEach(() => role.remove());

  afterAll(async () => {
    await project.remove();
    await migrated.drop();
  });

  const run = () => project.deploy(['run', '--env', 'staging'], { STAGING_DATABASE_URL: role.url });

  test.each<[string, DeployingRoleOptions, RegExp]>([
    ['CREATEDB', { ...DOCUMENTED, attributes: 'bypassrls' }, /- CREATEDB, to rehearse/],
    [
      'BYPASSRLS',
      { ...DOCUMENTED, attributes: 'createdb' },
      /- BYPASSRLS: \d\d tables force row-level security/,
    ],
    [
      'pg_signal_backend',
      { ...DOCUMENTED, memberOf: ['apms_api', 'apms_jobs'] },
      /- membership in pg_signal_backend/,
    ],
    ['the ownership of the database', { ...DOCUMENTED, foreign: true }, /- ownership of the database/],
  ])('without %s: exit 2, named, nothing changed', async (_, options, lacks) => {
    role = await createDeployingRole(options);
    const before = await identityOf(role.url);
    const result = await run();
    expect(result).toMatchObject({
      exitCode: 2,
      report: { outcome: 'failed', failure: { code: 'PRIVILEGE_MISSING' }, backup: null },
    });
    expect(result.output).toMatch(lacks);
    expect(result.output.match(/^ +- /gm)).toHaveLength(1);
    expect(result.output).toContain(`The role "${role.name}"`);
    expect(await identityOf(role.url)).toEqual(before);
  });

  test('without the tables of another owner: exit 2, naming some of them', async () => {
    role = await createDeployingRole({ ...DOCUMENTED, memberOf: ['pg_signal_backend'] });
    const name = `"${role.database}"`;
    await role.admin(`drop database ${name}`);
    await role.admin(`create database ${name} template ${migrated.name} owner ${role.name}`);
    const result = await run();
    expect(result).toMatchObject({ exitCode: 2, report: { failure: { code: 'PRIVILEGE_MISSING' } } });
    expect(result.output).toMatch(/- SELECT on public\.accounts, .* and \d\d more\n/);
    expect(result.output).toMatch(/- ownership of public\.accounts, .* and \d\d more\n/);
    expect(result.output).not.toContain('workspaces');
  });

  test('with what the runbook asks for deploys and rolls back', async () => {
    role = await createDeployingRole(DOCUMENTED);
    const before = await identityOf(role.url);
    expect(await run()).toMatchObject({ exitCode: 0, report: { outcome: 'deployed' } });
    const env = { STAGING_DATABASE_URL: role.url };
    const rollback = await project.deploy(['rollback', '--env', 'staging', '--yes'], env);
    expect(rollback).toMatchObject({ exitCode: 0, report: { rollback: { verified: true } } });
    expect(await identityOf(role.url)).toEqual(before);
  });
});
