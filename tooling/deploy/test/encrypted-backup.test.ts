import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { hasAge } from './support/has-age.ts';
import { createScenario, type Scenario, type ScenarioOptions, SITES } from './support/scenario.ts';

const PENDING = { '20270101000000_next': 'alter table sites add column note text;' };

describe.skipIf(inject('testServer').kind === 'embedded')('an encrypted backup', () => {
  let scenario: Scenario;
  let keys: string;
  let recipients: string[];

  beforeEach(async () => {
    keys = await mkdtemp(join(tmpdir(), 'apms-keys-'));
    const identities = await Promise.all(
      ['theirs', 'escrow', 'wrong'].map(async (name) => {
        const identity = await generateX25519Identity();
        await writeFile(join(keys, name), `# ${name}\n${identity}\n`, { mode: 0o600 });
        return identity;
      }),
    );
    recipients = await Promise.all(identities.slice(0, 2).map(identityToRecipient));
  });

  afterEach(async () => {
    await scenario.remove();
    await rm(keys, { recursive: true, force: true });
  });

  const start = async (options: ScenarioOptions = {}) => {
    scenario = await createScenario({
      pending: PENDING,
      data: SITES,
      ...options,
      settings: { encryptTo: recipients, ...options.settings },
    });
  };
  const withIdentity = (name: string) => ({ ...scenario.env, DEPLOY_AGE_IDENTITY_FILE: join(keys, name) });
  const deploy = (args: string[], env: Record<string, string> = scenario.env) =>
    scenario.project.deploy([...args, '--env', 'staging'], env);

  test('is rehearsed by a machine without an identity, which alone opens nothing later', async () => {
    await start();
    const before = await scenario.identity();
    const deployed = await scenario.run();
    expect(deployed).toMatchObject({
      exitCode: 0,
      report: { outcome: 'deployed', backup: { proven: true } },
    });
    const after = await scenario.identity();
    const id = deployed.report?.id ?? '';

    const directory = deployed.report?.backup?.location ?? '';
    const files = await readdir(directory);
    expect(files).toEqual(expect.arrayContaining(['database.dump.zst.age', 'contents.json.zst.age']));
    const texts = await Promise.all(files.map((file) => readFile(join(directory, file), 'latin1')));
    for (const text of texts) expect(text).not.toMatch(/sites|workspaces|site-1|"rows"/);
    expect(texts[files.indexOf('manifest.json')]).toContain(recipients[1]);

    const listed = await deploy(['backup', 'list']);
    expect(listed.output).toContain(`encrypted to ${recipients.join(', ')}  verified`);

    for (const args of [
      ['backup', 'verify'],
      ['backup', 'restore', '--as', 'refused'],
      ['rollback', '--yes'],
    ]) {
      const none = await deploy(args);
      expect(none.exitCode).toBe(2);
      expect(none.output).toMatch(
        /is encrypted, and there is no identity to open it with[^]*DEPLOY_AGE_IDENTITY_FILE/,
      );
      const wrong = await deploy(args, withIdentity('wrong'));
      expect(wrong.exitCode).toBe(2);
      expect(wrong.output).toMatch(/no identity that is here opens it/);
      expect(wrong.output).not.toContain('AGE-SECRET-KEY');
    }
    expect(await scenario.identity()).toEqual(after);

    expect(await deploy(['backup', 'verify'], withIdentity('escrow'))).toMatchObject({ exitCode: 0 });
    const back = await deploy(['rollback', '--to', id, '--yes'], withIdentity('theirs'));
    expect(back).toMatchObject({ exitCode: 0, report: { outcome: 'rolled-back' } });
    expect(await scenario.identity()).toEqual(before);
  });

  test('is swapped back to by the run that made it, without an identity', async () => {
    await start({ settings: { hooks: { smoke: [{ command: ['false'] }] } } });
    const before = await scenario.identity();
    const failed = await scenario.run();
    expect(failed).toMatchObject({
      exitCode: 1,
      report: { outcome: 'rolled-back', rollback: { way: 'swap-back' } },
    });
    expect(await scenario.identity()).toEqual(before);
  });

  test('with a recipient that is none is refused by the plan: exit 2', async () => {
    await start({ settings: { encryptTo: ['age1qqqq'] } });
    const refused = await scenario.run();
    expect(refused).toMatchObject({ exitCode: 2, report: { backup: null } });
    expect(refused.output).toContain('"age1qqqq" is no recipient of age');
  });

  test.skipIf(!hasAge())('can be restored with age, zstd and pg_restore alone', async () => {
    await start();
    const directory = (await scenario.run()).report?.backup?.location ?? '';
    const file = join(directory, 'database.dump.zst.age');
    const { stdout } = await execa('sh', [
      '-c',
      'age --decrypt --identity "$0" "$1" | zstd -d | pg_restore --list',
      join(keys, 'theirs'),
      file,
    ]);
    expect(stdout).toContain('TABLE DATA public sites');
  });
});
