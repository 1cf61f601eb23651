import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import Ajv from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { lintSql } from '../../test/support/describe-rule.ts';
import { lintSarif } from './lint-sarif.ts';

const SCHEMA = fileURLToPath(import.meta.resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'));

async function validator() {
  const ajv = new Ajv.default({ strict: false, unicodeRegExp: false });
  addFormats.default(ajv);
  return ajv.compile(JSON.parse(await readFile(SCHEMA, 'utf8')));
}

const SQL = `-- deploy:allow drop-table nobody reads it
drop table big;
create index i
  on big (id);
do $$ begin execute format('x'); end $$;`;

describe('lintSarif', () => {
  afterEach(() => vi.unstubAllEnvs());

  it('is valid by the schema of OASIS', async () => {
    const validate = await validator();
    const problemsOf = (log: unknown) => (validate(log) ? [] : validate.errors);
    const log = await lintSarif(await lintSql(SQL));
    expect(problemsOf(log)).toEqual([]);
    expect(problemsOf(await lintSarif([]))).toEqual([]);
    expect(problemsOf({ ...log, version: '2.0.0' })).not.toEqual([]);
  });

  it('says what, where, how bad, and why it was accepted', async () => {
    const [run] = (await lintSarif(await lintSql(SQL))).runs;
    expect(run?.results).toMatchObject([
      { ruleId: 'drop-table', suppressions: [{ kind: 'inSource', justification: 'nobody reads it' }] },
      {
        ruleId: 'index-not-concurrent',
        level: 'error',
        message: { text: expect.stringContaining('CONCURRENTLY') },
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: 'm/migration.sql', uriBaseId: '%SRCROOT%' },
              region: { startLine: 3, startColumn: 1, endLine: 4, endColumn: 14 },
            },
          },
        ],
        suppressions: [],
      },
      { ruleId: 'opaque-code', level: 'note' },
    ]);
    for (const { ruleId, ruleIndex = -1 } of run?.results ?? [])
      expect(run?.tool.driver.rules?.[ruleIndex]?.id).toBe(ruleId);
  });

  it('brings the documentation of each rule, and links to it', async () => {
    const rulesOf = async () => (await lintSarif(await lintSql(SQL))).runs[0]?.tool.driver.rules ?? [];
    expect(await rulesOf()).toContainEqual(
      expect.objectContaining({
        id: 'index-not-concurrent',
        shortDescription: { text: expect.stringContaining('refuses writes') },
        help: expect.objectContaining({ markdown: expect.stringContaining('```sql') }),
        helpUri: expect.stringMatching(/^file:\/\/.*\/docs\/lint\.md#index-not-concurrent$/),
      }),
    );
    vi.stubEnv('GITHUB_SERVER_URL', 'https://github.example');
    vi.stubEnv('GITHUB_REPOSITORY', 'o/r');
    vi.stubEnv('GITHUB_SHA', 'abc');
    expect((await rulesOf()).map(({ helpUri }) => helpUri)).toContain(
      'https://github.example/o/r/blob/abc/docs/lint.md#drop-table',
    );
  });
});
