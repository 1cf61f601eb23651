import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterEach, describe, expect, inject, test } from 'vitest';
import { canMount } from './support/can-mount.ts';
import { databasesOf } from './support/identity.ts';
import { createScenario, type Scenario } from './support/scenario.ts';

const PENDING = { '20270101000000_extra': 'create table extra (id int primary key);' };
/** Random text, so that the packed dump is large. */
const DATA = `
  create table noise as select n, string_agg(md5(n::text || m), '') from generate_series(1, 2000) n, generate_series(1, 64) m group by n;`;

const skipped = inject('testServer').kind === 'embedded' || !(await canMount());

describe.skipIf(skipped)('a full disk', () => {
  let scenario: Scenario;
  let state: string;

  /** The `before` hook runs once the plan has found room enough, and takes it away; `after` may give it back. */
  const start = async (sizeMiB: number, after: 'freed' | 'still full') => {
    const fill =
      'dd if=/dev/zero of="$DEPLOY_STATE_DIR/filled" bs=64k 2>/dev/null; dd if=/dev/zero of="$DEPLOY_STATE_DIR/filled2" bs=1 2>/dev/null; true';
    const free = 'rm "$DEPLOY_STATE_DIR"/filled*';
    scenario = await createScenario({
      pending: PENDING,
      applied: { '20260901000000_noise': DATA },
      settings: {
        writes: 'block',
        hooks: {
          before: [{ command: ['sh', '-c', fill] }],
          after: after === 'freed' ? [{ command: ['sh', '-c', free] }] : [],
        },
      },
    });
    state = join(scenario.project.root, 'state');
    await mkdir(state);
    await execa('mount', ['-t', 'tmpfs', '-o', `size=${sizeMiB}m`, 'tmpfs', state]);
    const before = await scenario.identity();
    const env = { ...scenario.env, DEPLOY_STATE_DIR: state };
    const result = await scenario.project.deploy(['run', '--env', 'staging'], env);
    expect(await scenario.identity()).toEqual(before);
    expect(await scenario.query('show default_transaction_read_only')).toEqual([
      { default_transaction_read_only: 'off' },
    ]);
    const [id = ''] = (await readdir(join(state, 'staging'))).filter((name) => /^\d{8}T/.test(name));
    expect(await databasesOf(scenario.database.url, id)).toEqual([]);
    return { ...result, directory: join(state, 'staging', id) };
  };

  afterEach(async () => {
    await execa('umount', [state]);
    await scenario.remove();
  });

  test('is found by the plan: exit 2 with both figures', async () => {
    const result = await start(6, 'freed');
    expect(result.exitCode).toBe(2);
    expect(result.output).toMatch(
      /state has \d+ MiB free; a deployment of this database may need \d\d MiB\./,
    );
    expect(existsSync(join(result.directory, 'backup'))).toBe(false);
  });

  test.each(['freed', 'still full'] as const)(
    'during the backup (%s afterwards): exit 1, nothing changed',
    async (after) => {
      const result = await start(80, after);
      expect(result.exitCode).toBe(1);
      expect(result.output).toMatch(/✗ backup .*\n +The disk is full \(backup\): .*DEPLOY_STATE_DIR/);
      expect(result.output.match(/The disk is full \(backup\)/g)).toHaveLength(1);
      expect(result.output).not.toMatch(/ at .*\.ts:\d+/);
      const journal = await readFile(join(result.directory, 'journal.jsonl'), 'utf8');
      for (const line of journal.trimEnd().split('\n')) expect(() => JSON.parse(line)).not.toThrow();
      expect(existsSync(join(result.directory, 'report.md'))).toBe(after === 'freed');
      expect(result.output.includes('Report: /')).toBe(after === 'freed');
    },
  );
});
