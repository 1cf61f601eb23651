import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createProject, type Project } from './support/project.ts';
import { hasPty, openTerminal } from './support/terminal.ts';

const WORKSPACE = join(import.meta.dirname, '../../..');

let project: Project;
let root: string;

beforeEach(async () => {
  project = await createProject();
  root = await mkdtemp(join(tmpdir(), 'apms-init-'));
  await mkdir(join(root, 'node_modules/@apms'), { recursive: true });
  await symlink(join(WORKSPACE, 'tooling/deploy'), join(root, 'node_modules/@apms/deploy'));
  await symlink(join(WORKSPACE, 'node_modules/@types'), join(root, 'node_modules/@types'));
  await writeFile(join(root, 'package.json'), '{ "type": "module" }');
});
afterEach(async () => {
  await project.remove();
  await rm(root, { recursive: true });
});

const file = () => join(root, 'deploy.config.ts');
const written = () => readFile(file(), 'utf8');
const init = (...args: string[]) => project.deploy(['init', '--config', file(), ...args]);

/** Whether the tool takes the file, and the compiler too. */
async function expectUsable(): Promise<void> {
  const history = await project.deploy(['history', '--config', file()]);
  expect(history).toMatchObject({ exitCode: 0, output: 'no deployments of production yet' });
  const options = { extends: join(WORKSPACE, 'tsconfig.base.json'), files: ['deploy.config.ts'] };
  await writeFile(join(root, 'tsconfig.json'), JSON.stringify(options));
  const tsc = await execa(join(WORKSPACE, 'node_modules/.bin/tsc'), ['--noEmit', '-p', root], {
    reject: false,
  });
  expect(tsc.stdout).toBe('');
}

test('what it writes loads and type-checks, and so does every setting that it explains', async () => {
  const { exitCode, output } = await init('--yes');
  expect(exitCode).toBe(0);
  expect(output).toMatch(/^wrote .*: targets production, staging, [^]*deploy doctor --env production$/);
  await expectUsable();
  const text = await written();
  const everything = text.replaceAll(/^( *)\/\/(?! )/gm, '$1');
  expect(everything).not.toBe(text);
  await writeFile(file(), everything);
  await expectUsable();
});

test('it finds the migrations, asks Git to leave the state alone, and takes what it is told', async () => {
  await mkdir(join(root, 'database/migrations'), { recursive: true });
  await writeFile(join(root, 'database/migrations/migration_lock.toml'), '');
  await mkdir(join(root, 'node_modules/other/migrations'), { recursive: true });
  await writeFile(join(root, 'node_modules/other/migrations/migration_lock.toml'), '');
  await writeFile(join(root, '.gitignore'), 'dist\n/.deploy');
  await init('--yes', '--targets', 'eu-west,us');
  expect(await written()).toMatch(
    /migrations: 'database\/migrations',[^]*'eu-west': \{[^]*'EU_WEST_DATABASE_URL'[^]*us: \{/,
  );
  expect(await readFile(join(root, '.gitignore'), 'utf8')).toBe('dist\n/.deploy\n.apms/\n');
  await init('--yes', '--force', '--migrations', "it's here", '--json');
  expect(await written()).toContain("migrations: 'it\\'s here',");
});

test('a file that is there is never replaced without being asked', async () => {
  await writeFile(file(), 'mine');
  expect(await init('--yes')).toMatchObject({
    exitCode: 2,
    output: expect.stringContaining('was left as it is'),
  });
  expect(await init('--force')).toMatchObject({ exitCode: 2, output: expect.stringContaining('Give --yes') });
  expect(await written()).toBe('mine');
});

test.each([['Production'], ['1st'], [','], ["a'b"]])('a target named %j is refused', async (name) => {
  const { exitCode, output } = await init('--yes', '--targets', name);
  expect(exitCode).toBe(2);
  expect(output).toContain('Use lower-case letters');
});

test.skipIf(!hasPty)('in a terminal it asks, with what it found as the answer', async () => {
  const terminal = openTerminal([process.execPath, project.cli, 'init'], { cwd: root, env: process.env });
  await terminal.shows("Prisma's migrations folder: (prisma/migrations)");
  terminal.type('\r');
  await terminal.shows('Targets: (production, staging)');
  terminal.type('live\r');
  expect(await terminal.ended).toBe(0);
  expect(await written()).toMatch(/'prisma\/migrations'[^]*'LIVE_DATABASE_URL'/);
});
