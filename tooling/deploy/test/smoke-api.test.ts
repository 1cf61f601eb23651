import { createServer } from 'node:http';
import { afterEach, describe, expect, inject, test } from 'vitest';
import { createApiKey, type RunningApi, startApi } from './support/running-api.ts';
import { createScenario, type Scenario, type ScenarioOptions } from './support/scenario.ts';

/** The last of the repository's own, which is the one that its API is made for. */
const LAST = '20260301000000_alert_thresholds';
const ALL_BUT_LAST: ScenarioOptions = { template: { migrations: 5 } };
const UNKNOWN_TO_API = { '20270101000000_extra': 'create table extra (id int primary key);' };

/** A version with a vendor, and a site, in the workspace of the key. */
const ROWS = `
  with version as (
    insert into config_versions (id, workspace_id, source_type, version_number, source_file_name, source_file_type,
        source_checksum, imported_by_id)
    select 'v', id, 'APPROVAL_MATRIX', 1, 'matrix.xlsx', 'xlsx', repeat('0', 64), 'smoke' from workspaces
    returning id, workspace_id
  ), vendor as (
    insert into vendor_master (id, workspace_id, config_version_id, vendor_code, vendor_name)
    select 'vendor', workspace_id, id, 'V', 'Vendor' from version
  )
  insert into sites (id, workspace_id, site_code, name) select 'site', id, 'S1', 'Site' from workspaces`;

/** A server that answers everything with the same. */
async function listen(body: string): Promise<{ port: number; close: () => void }> {
  const server = createServer((_request, response) => response.end(body));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { port, close: () => server.close() };
}

describe.skipIf(inject('testServer').kind === 'embedded')('smoke: calls to the running API', () => {
  let scenario: Scenario;
  let api: RunningApi | undefined;

  afterEach(async () => {
    await api?.stop();
    api = undefined;
    await scenario.remove();
  });

  const prepare = async (options: ScenarioOptions, timeoutMs = 2_000, roles = ['ADMIN']) => {
    const smoke = { apiUrlVariable: 'STAGING_API_URL', apiKeyVariable: 'STAGING_API_KEY', timeoutMs };
    scenario = await createScenario({ ...options, settings: { smoke } });
    const client = await scenario.database.connect();
    const key = await createApiKey(client, roles);
    await client.end();
    return key;
  };
  const deploy = (env: Record<string, string>, command = 'run') =>
    scenario.project.deploy([command, '--env', 'staging', '--yes'], { ...scenario.env, ...env });

  /** Deploys, and says what the smoke step said and whether the target is as it was. */
  const fail = async (env: { STAGING_API_URL: string; STAGING_API_KEY: string }) => {
    const before = await scenario.identity();
    const { exitCode, report, output } = await deploy(env);
    expect(output).not.toContain(env.STAGING_API_KEY);
    expect(await scenario.identity()).toEqual(before);
    return { exitCode, outcome: report?.outcome, failure: report?.failure, way: report?.rollback?.way };
  };
  const swappedBack = (problem: RegExp) => ({
    exitCode: 1,
    outcome: 'rolled-back',
    failure: { code: 'API_CHECK_FAILED', message: expect.stringMatching(problem) },
    way: 'swap-back',
  });

  test('an API at the new level that answers: deployed', async () => {
    const key = await prepare(ALL_BUT_LAST, 60_000);
    await scenario.query(ROWS);
    api = await startApi(scenario.database.url);
    const result = await deploy({ STAGING_API_URL: api.url, STAGING_API_KEY: key });
    expect(result).toMatchObject({ exitCode: 0, report: { outcome: 'deployed' } });
    expect(result.output).toMatch(/no commands; the API is at the new level and answered 21 reads/);
    expect(result.output).not.toContain(key);
  });

  test('what the key may not read is left out', async () => {
    const key = await prepare(ALL_BUT_LAST, 60_000, ['VIEWER']);
    api = await startApi(scenario.database.url);
    const { output } = await deploy({ STAGING_API_URL: `${api.url}/`, STAGING_API_KEY: key });
    expect(output).toMatch(/the API is at the new level and answered 10 reads/);
  });

  test('an API made for another level: swapped back', async () => {
    const key = await prepare({ pending: UNKNOWN_TO_API });
    api = await startApi(scenario.database.url);
    expect(await fail({ STAGING_API_URL: api.url, STAGING_API_KEY: key })).toMatchObject(
      swappedBack(new RegExp(`is made for the migration ${LAST}, not for 20270101000000_extra`)),
    );
  });

  test('an API that does not answer: swapped back', async () => {
    const key = await prepare(ALL_BUT_LAST);
    const { port, close } = await listen('');
    close();
    expect(await fail({ STAGING_API_URL: `http://127.0.0.1:${port}`, STAGING_API_KEY: key })).toMatchObject(
      swappedBack(
        /The API at 127\.0\.0\.1:\d+ .* within 2 s: GET \/rest\/health had no answer: .*ECONNREFUSED/,
      ),
    );
  });

  test('a key that the API does not know: swapped back', async () => {
    await prepare(ALL_BUT_LAST, 10_000);
    api = await startApi(scenario.database.url);
    expect(await fail({ STAGING_API_URL: api.url, STAGING_API_KEY: 'apms_of-somebody-else' })).toMatchObject(
      swappedBack(/GET \/rest\/me answered 401/),
    );
  });

  test.each([
    ['no JSON', '<html>', /GET \/rest\/health answered something else than it should: the whole answer/],
    [
      'an answer of another type',
      JSON.stringify({ status: 'ok', version: '1', checks: {} }),
      /something else than it should: migration: /,
    ],
  ])('%s where the API should be: swapped back', async (_, body, problem) => {
    await prepare(ALL_BUT_LAST);
    const { port, close } = await listen(body);
    expect(
      await fail({ STAGING_API_URL: `http://127.0.0.1:${port}`, STAGING_API_KEY: 'k-e-y' }),
    ).toMatchObject(swappedBack(problem));
    close();
  });

  test.each([
    [{ STAGING_API_KEY: 'k' }, 'STAGING_API_URL is not set'],
    [{ STAGING_API_URL: 'http://127.0.0.1:1' }, 'STAGING_API_KEY is not set'],
    [{ STAGING_API_URL: 'ftp://x', STAGING_API_KEY: 'k' }, 'STAGING_API_URL is no URL of HTTP'],
  ])(
    'where it is not known where the API is: exit 2 before anything is written (%j)',
    async (env, problem) => {
      await prepare(ALL_BUT_LAST);
      for (const command of ['plan', 'run']) {
        expect(await deploy(env, command)).toMatchObject({
          exitCode: 2,
          output: expect.stringContaining(problem),
        });
      }
      const applied = 'select from _prisma_migrations where migration_name = $1';
      expect(await scenario.query(applied, [LAST])).toEqual([]);
    },
  );
});
