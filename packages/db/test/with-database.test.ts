import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, test } from 'vitest';

const packageDirectory = join(import.meta.dirname, '..');

interface Outcome {
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

async function withDatabase(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Outcome> {
  const { exitCode, stdout, stderr } = await execa(join(packageDirectory, 'src/bin/with-database.ts'), args, {
    env: { DATABASE_URL: undefined, ...env },
    reject: false,
    preferLocal: true,
    localDir: packageDirectory,
  });
  return { exitCode, stdout, stderr };
}

describe('with-database', () => {
  const kept = { DATABASE_URL: 'postgres://kept/a' };
  const staging = { STAGING_DATABASE_URL: 'postgres://staging/b' };
  const dev = { DEV_DATABASE_URL: 'postgres://dev/c' };

  test.each([
    ['a URL that is already set', [], { ...kept, ...dev }, kept.DATABASE_URL],
    [
      'the environment that was asked for',
      ['--env', 'staging'],
      { ...kept, ...staging },
      staging.STAGING_DATABASE_URL,
    ],
    ['the same, written in one word', ['--env=staging'], staging, staging.STAGING_DATABASE_URL],
    ['dev when nothing is said', [], { ...staging, ...dev }, dev.DEV_DATABASE_URL],
  ])('uses %s', async (_case, args, env, expected) => {
    const { stdout, exitCode } = await withDatabase([...args, 'printenv', 'DATABASE_URL'], env);
    expect({ stdout, exitCode }).toEqual({ stdout: expected, exitCode: 0 });
  });

  test('runs the command in this package, with its own arguments untouched', async () => {
    const { stdout } = await withDatabase(['sh', '-c', 'pwd; echo "$@"', 'sh', '--env', 'x y'], dev);
    expect(stdout.split('\n')).toEqual([packageDirectory, '--env x y']);
  });

  test.each([
    ['exit 7', 7],
    ['kill -9 $$', 137],
  ])('passes on how the command ended: %s', async (script, expected) => {
    expect((await withDatabase(['sh', '-c', script], dev)).exitCode).toBe(expected);
  });

  test('says which command it could not find', async () => {
    const { exitCode, stderr } = await withDatabase(['no-such-command'], dev);
    expect(exitCode).toBe(127);
    expect(stderr).toContain('no-such-command');
  });

  test.each([[[]], [['--env', 'nowhere', 'true']], [['--env', 'staging']]])(
    'explains itself for %j',
    async (args) => {
      const { exitCode, stderr } = await withDatabase(args, dev);
      expect(exitCode).toBe(2);
      expect(stderr).toContain('Usage: with-database');
    },
  );
});
