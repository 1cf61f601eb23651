import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createProject, type Project } from './support/project.ts';

const COMMANDS = [
  ['run'],
  ['plan'],
  ['lint'],
  ['verify'],
  ['status'],
  ['history'],
  ['report'],
  ['doctor'],
  ['rollback'],
  ['backup', 'create'],
  ['backup', 'list'],
  ['backup', 'verify'],
  ['backup', 'restore'],
];

describe('the command line', () => {
  let project: Project;

  beforeEach(async () => {
    project = await createProject();
  });

  afterEach(() => project.remove());

  const writeConfig = (text: string) => writeFile(join(project.root, 'deploy.config.ts'), text);

  test.each(COMMANDS)(
    'deploy %s %s explains itself and refuses what it does not know',
    async (...command) => {
      const words = command.filter((word) => word !== undefined);
      const help = await project.deploy([...words, '--help']);
      expect(help.exitCode).toBe(0);
      expect(help.output).toMatch(/^Examples:\n {2}\$ deploy [^]*^Exit codes:\n[^]*^Environment:\n/m);
      for (const option of ['--env <name>', '--json', '--yes', '--config <file>'])
        expect(help.output).toContain(option);

      const option = await project.deploy([...words, '--nonsense']);
      expect(option).toMatchObject({
        exitCode: 2,
        output: expect.stringContaining("unknown option '--nonsense'"),
      });
      const target = await project.deploy([...words, '--env', 'constructor']);
      expect(target).toMatchObject({
        exitCode: 2,
        output: 'There is no target "constructor". deploy.config.ts has: production, staging.',
      });
    },
  );

  test.each([
    [['nonsense'], "unknown command 'nonsense'"],
    [['backup', 'nonsense'], "unknown command 'nonsense'"],
    [['run', 'extra'], "too many arguments for 'run'"],
    [['run', '--accept-hold'], "option '--accept-hold <reason>' argument missing"],
    [['run', '--accept-hold', ' '], '--accept-hold needs a reason'],
    [['backup', 'restore', '--as', 'Not A Name', '--env', 'staging'], 'There is no usable backup "newest"'],
  ])('deploy %j: exit 2', async (args, problem) => {
    const result = await project.deploy(args, { STAGING_DATABASE_URL: 'postgresql://u@127.0.0.1:1/x' });
    expect(result).toMatchObject({ exitCode: 2, output: expect.stringContaining(problem) });
  });

  test.each([
    ['export default {\n  targets: ]\n', /^ {2}- Line 2: /m],
    ['export const config = {};', /^ {2}- default export: /m],
    ['throw new Error("it is a test");', /^ {2}- it is a test$/m],
    ['import "./missing.ts"; export default {};', /^ {2}- Cannot find module .*missing\.ts/m],
    [
      'export default { targets: { staging: { urlVariable: "lower", hooks: { smoke: [{ command: [] }] }, colour: 1 } } };',
      /^ {2}- targets\.staging\.urlVariable: .*\n {2}- targets\.staging\.hooks\.smoke\.0\.command: .*\n {2}- targets\.staging: .*"colour"$/m,
    ],
  ])('a configuration that reads %j: exit 2, naming the place', async (text, problem) => {
    await writeConfig(text);
    for (const command of ['plan', 'history']) {
      const result = await project.deploy([command, '--env', 'staging']);
      expect(result.exitCode).toBe(2);
      expect(result.output).toMatch(/deploy\.config\.ts is not usable:\n/);
      expect(result.output).toMatch(problem);
    }
  });

  test('no configuration: exit 2', async () => {
    const result = await project.deploy(['plan', '--config', 'elsewhere.ts', '--json']);
    expect(result.exitCode).toBe(2);
    expect(JSON.parse(result.output)).toMatchObject({ type: 'error', code: 'CONFIG_INVALID', exitCode: 2 });
  });

  test('without deployments and backups says so', async () => {
    const history = await project.deploy(['history']);
    expect(history).toMatchObject({ exitCode: 0, output: 'no deployments of production yet' });
    const report = await project.deploy(['report']);
    expect(report).toMatchObject({ exitCode: 2, output: expect.stringContaining('has no deployment yet') });
    const backups = await project.deploy(['backup', 'list']);
    expect(backups).toMatchObject({ exitCode: 0, output: 'no backups of production yet' });
  });
});
