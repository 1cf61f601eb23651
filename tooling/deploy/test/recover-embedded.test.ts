import { chmod, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { z } from 'zod';
import { createProject, type Project } from './support/project.ts';

const INJECT = `--import=${pathToFileURL(join(import.meta.dirname, 'support/faults/inject.ts')).href}`;

const Status = z.object({
  applied: z.array(z.string()),
  pending: z.array(z.string()),
  keptDatabases: z.array(z.string()),
});

describe.runIf(inject('testServer').kind === 'embedded')('a killed deployment of the embedded target', () => {
  let project: Project;
  let migrations = 0;

  beforeAll(async () => {
    // One that the smoke command refuses is swapped back.
    const smoke = [{ command: ['test', '!', '-e', 'refuse'] }];
    project = await createProject({ settings: { hooks: { smoke } } });
    await chmod(project.root, 0o755);
    const first = await project.deploy(['run', '--env', 'staging']);
    if (first.exitCode !== 0) throw new Error(first.output);
  });
  afterAll(() => project.remove());

  async function status() {
    const { output } = await project.deploy(['status', '--env', 'staging', '--json']);
    return Status.parse(JSON.parse(output.trim().split('\n').at(-1) ?? ''));
  }

  /** Data directories beside the server's own, by name. */
  async function copies(): Promise<string[]> {
    const files = await readdir(join(project.root, '.apms'), { recursive: true });
    return files.filter((file) => /apms_scratch_[^/]*$/.test(file));
  }

  const ACCEPTED = [7, 15, 22, 25, 28, 31].map((entry) => ({ entry, smoke: 'accepts' }));
  const REFUSED = [28, 31, 33].map((entry) => ({ entry, smoke: 'refuses' }));

  test.each([...ACCEPTED, ...REFUSED])(
    'after entry $entry where smoke $smoke it: old or new, and nothing else is left',
    async ({ entry, smoke }) => {
      const refuse = join(project.root, 'refuse');
      if (smoke === 'refuses') await writeFile(refuse, '');
      else await rm(refuse, { force: true });
      if ((await status()).pending.length === 0) {
        migrations += 1;
        await project.writeMigration(
          `2027010100000${migrations}_note`,
          `alter table sites add column note_${migrations} text;`,
        );
      }
      const before = await status();
      const fault = {
        kind: 'tool',
        entry,
        delayMs: 0,
        adminUrl: '',
        dataDir: '',
        cutPort: 0,
        stateDirectory: '',
      };
      const killed = await project.deploy(['run', '--env', 'staging'], {
        NODE_OPTIONS: INJECT,
        FAULT: JSON.stringify(fault),
      });
      expect(killed.exitCode).toBe(-1);

      const recovered = await project.deploy(['recover', '--env', 'staging', '--yes']);
      expect(recovered).toMatchObject({ exitCode: 0 });
      const after = await status();
      expect([before.applied.length, before.applied.length + 1]).toContain(after.applied.length);
      const isNew = after.applied.length > before.applied.length;
      expect(recovered.report?.outcome === 'deployed').toBe(isNew);
      expect(isNew && smoke === 'refuses').toBe(false);
      // What the history says is what the schema has, object for object.
      expect(await project.deploy(['plan', '--env', 'staging'])).toMatchObject({ exitCode: 0 });
      expect(await copies()).toEqual([]);
      expect((await project.deploy(['recover', '--env', 'staging'])).output).toContain('nothing to recover');
    },
    300_000,
  );
});
