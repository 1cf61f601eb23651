import { execa } from 'execa';
import { describe, expect, test } from 'vitest';
import { useDatabases } from './support/use-databases.ts';

const open = useDatabases();

const run = (args: string[], env: Record<string, string> = {}) =>
  execa(process.execPath, ['src/bin/seed.ts', ...args], {
    cwd: new URL('..', import.meta.url),
    env,
    reject: false,
    all: true,
  });

describe('seed', () => {
  test('fills the database of DATABASE_URL and says how much', async () => {
    const { url } = await open({ migrations: 2 });
    const { all, exitCode } = await run(['--workspaces', '1', '--workflows', '50'], { DATABASE_URL: url });
    expect(all).toMatch(/^workflow_instances +50 rows/m);
    expect(all).toMatch(/^The database now has \d+ MB\.$/m);
    expect(exitCode).toBe(0);
  });
  test('takes the database of the environment', async () => {
    const { url } = await open({ migrations: 2 });
    const { exitCode } = await run(['--workflows', '10', '--env', 'staging'], { STAGING_DATABASE_URL: url });
    expect(exitCode).toBe(0);
  });
  test('says what is missing', async () => {
    const { url } = await open('empty');
    const { all, exitCode } = await run([], { DATABASE_URL: url });
    expect(all).toMatch(/^Apply the migrations first/);
    expect(exitCode).toBe(1);
  });
  test('spares production, unless it is meant', async () => {
    const { url } = await open({ migrations: 2 });
    const size = ['--workspaces', '1', '--workflows', '10'];
    const production = { PRODUCTION_DATABASE_URL: url };
    expect(await run([...size, '--env', 'production'], production)).toMatchObject({ exitCode: 2 });
    expect(await run(size, { ...production, DATABASE_URL: url })).toMatchObject({ exitCode: 2 });
    expect(await run([...size, '--env', 'production', '--allow-production'], production)).toMatchObject({
      exitCode: 0,
    });
  });
  test('refuses what is not a number', async () => {
    const { all, exitCode } = await run(['--workflows', 'many']);
    expect(all).toMatch(/It must be a whole number/);
    expect(exitCode).toBe(1);
  });
});
