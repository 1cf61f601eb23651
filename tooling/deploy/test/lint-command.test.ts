import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createProject, type Project } from './support/project.ts';
import { createScenario, SITES } from './support/scenario.ts';

const NEW = '20270101000000_new';
const UNSAFE = 'CREATE INDEX i ON sites (city);\n';
/** Nothing of the surroundings in which the tests themselves run. */
const PLAIN = { GITHUB_ACTIONS: undefined, NO_COLOR: '1' };

describe('deploy lint', () => {
  let project: Project;

  beforeEach(async () => {
    project = await createProject();
  });

  afterEach(() => project.remove());

  const lint = (args: string[], env: Record<string, string | undefined> = {}) =>
    project.deploy(['lint', ...args], { ...PLAIN, ...env });
  const git = (...args: string[]) =>
    execa('git', ['-c', 'user.name=t', '-c', 'user.email=t@t', ...args], { cwd: project.root });

  async function commit() {
    await git('init', '--initial-branch', 'main');
    await git('add', '--all');
    await git('commit', '--message', 'all');
  }

  test('without anything: all migrations, as a deployment to an empty database would run them', async () => {
    const result = await lint([]);
    expect(result).toMatchObject({
      exitCode: 0,
      output: 'No findings in 6 files. Judged without a database (no --env): as a first deployment.',
    });
  });

  test('a file of the folder: what is before it counts as deployed, with its columns and checks', async () => {
    await project.writeMigration(
      NEW,
      `${UNSAFE}ALTER TABLE sites ALTER COLUMN name TYPE text;\nALTER TABLE sites ALTER COLUMN name SET NOT NULL;`,
    );
    const result = await lint([join('migrations', NEW, 'migration.sql')]);
    expect(result.exitCode).toBe(3);
    const place = `migrations/${NEW}/migration.sql`;
    expect(result.output).toContain(
      `${place}:1:1: error index-not-concurrent: sites (of unknown size) refuses writes`,
    );
    // Its type is text, and it is NOT NULL, since the baseline.
    expect(result.output).toContain('\n1 error in 1 file.');
  });

  test('a small table by assumption, a stricter exit code', async () => {
    await project.writeMigration(NEW, UNSAFE);
    const args = [join('migrations', NEW), '--assume-rows', '50'];
    expect(await lint(args)).toMatchObject({
      exitCode: 0,
      output: expect.stringContaining(': warning index-not-concurrent: sites (50 rows) '),
    });
    expect((await lint([...args, '--quiet'])).output).toMatch(/^No findings in 1 file\./);
    const strict = await lint([...args, '--quiet', '--fail-on', 'warning']);
    expect(strict).toMatchObject({ exitCode: 3, output: expect.stringMatching(/\n1 warning in 1 file\./) });
  });

  test('the standard input, under the name of a file, as editors have it', async () => {
    const child = execa(
      process.execPath,
      [
        join(import.meta.dirname, '../src/cli.ts'),
        'lint',
        '-',
        '--stdin-filename',
        `migrations/${NEW}/migration.sql`,
      ],
      { cwd: project.root, env: PLAIN, input: `\n  ${UNSAFE}`, reject: false },
    );
    expect(await child).toMatchObject({
      exitCode: 3,
      stdout: expect.stringContaining(`migrations/${NEW}/migration.sql:2:3: error index-not-concurrent`),
    });
  });

  test('any file, of which nothing is known', async () => {
    await writeFile(join(project.root, 'x.sql'), 'drop table if exists t; create table u (a int);');
    const result = await lint(['x.sql']);
    expect(result).toMatchObject({
      exitCode: 3,
      output: expect.stringContaining('x.sql:1:1: error drop-table'),
    });
  });

  test('since a revision: what is new, and what a target would refuse', async () => {
    await commit();
    expect((await lint(['--since', 'main'])).output).toContain('No findings in 0 files.');
    await project.writeMigration(NEW, UNSAFE);
    await project.writeMigration('20250101000000_old', 'SELECT 1;');
    const baseline = '20251228000000_baseline';
    await project.writeMigration(baseline, `${await project.readMigration(baseline)}\nSELECT 1;`);
    const { exitCode, output } = await lint(['--since', 'main']);
    expect(exitCode).toBe(3);
    expect(output).toContain('tables that are there count as of unknown size.');
    for (const finding of [
      `migrations/${NEW}/migration.sql:1:1: error index-not-concurrent: `,
      'migrations/20250101000000_old/migration.sql:1:1: error history-out-of-order: ',
      `migrations/${baseline}/migration.sql:1:1: error history-edited: `,
    ])
      expect(output).toContain(finding);
  });

  test('in a repository of which the project is a part: paths from its root', async () => {
    await commit();
    await project.writeMigration(NEW, UNSAFE);
    const config = join(project.root, 'tools/deploy.config.ts');
    await mkdir(dirname(config));
    await writeFile(config, "export default { migrations: '../migrations', targets: {} };");
    const { output } = await lint(['--config', config, '--since', 'main', '--json']);
    expect(JSON.parse(output)).toMatchObject({
      type: 'lint',
      files: [`migrations/${NEW}/migration.sql`],
      findings: [{ rule: 'index-not-concurrent', line: 1, column: 1, endLine: 1, endColumn: 31 }],
      counts: { error: 1, warning: 0, notice: 0, accepted: 0 },
      exitCode: 3,
    });
  });

  test('in a workflow: annotations, and SARIF beside them', async () => {
    await project.writeMigration(NEW, UNSAFE);
    const { exitCode, output } = await lint([`migrations/${NEW}`, '--sarif', 'lint.sarif'], {
      GITHUB_ACTIONS: 'true',
    });
    expect(exitCode).toBe(3);
    expect(output).toContain(
      `::error file=migrations/${NEW}/migration.sql,line=1,endLine=1,col=1,endColumn=31,title=index-not-concurrent::sites (of unknown size) refuses writes`,
    );
    const sarif = JSON.parse(await readFile(join(project.root, 'lint.sarif'), 'utf8'));
    expect(sarif).toMatchObject({ version: '2.1.0', runs: [{ results: [{ level: 'error' }] }] });
  });

  test.each([
    [['--since', 'nothing'], 'Git does not know the revision nothing here.'],
    [['--since', 'main', 'x.sql'], 'Paths and --since were both given.'],
    [['missing.sql'], 'missing.sql cannot be read: '],
    [['--assume-rows', 'many'], 'It must be a whole number'],
    [['--server-version', '13'], 'It must be a whole number from 14 on to 18'],
    [['--format', 'xml'], 'Allowed choices are text, json, sarif, github'],
    [['--sarif', 'no/such/directory/x.sarif'], 'cannot be written: '],
  ])('%j: exit 2', async (args, problem) => {
    await writeFile(join(project.root, 'x.sql'), 'select 1');
    expect(await lint(args)).toMatchObject({ exitCode: 2, output: expect.stringContaining(problem) });
  });

  test('against a target: only what is pending there, by its tables', async () => {
    const offline = await lint(['--env', 'staging']);
    expect(offline.output).toContain('Judged without a database (STAGING_DATABASE_URL is not set)');
    const sql = `${UNSAFE}CREATE INDEX j ON punchlists (status);ALTER TABLE sites ADD COLUMN a int NOT NULL;`;
    const scenario = await createScenario({ data: SITES, pending: { [NEW]: sql } });
    try {
      const result = await scenario.project.deploy(['lint', '--env', 'staging'], {
        ...PLAIN,
        ...scenario.env,
      });
      expect(result.exitCode).toBe(3);
      expect(result.output).toMatch(/:1:1: warning index-not-concurrent: sites \(5 rows, \d+ MiB\) refuses/);
      // The other table is empty there.
      expect(result.output).not.toContain(':2:1:');
      expect(result.output).toContain('\n1 error, 1 warning in 1 file. Judged against staging.');
    } finally {
      await scenario.remove();
    }
  });
});
