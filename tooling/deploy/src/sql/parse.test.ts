import { describe, expect, it } from 'vitest';
import { type ParsedScript, parseSql } from './parse.ts';

async function parsed(text: string): Promise<ParsedScript> {
  const script = await parseSql(text, 'm.sql');
  if (script.kind === 'syntax-error') throw new Error(script.message);
  return script;
}

describe('parseSql', () => {
  it('finds each statement with its text and place, counting in bytes', async () => {
    const text = '-- héllo 😀\ncreate table "Ä" (id int);\n\n  select \'ü; -- no comment\' ;\nvacuum';
    const { statements, source } = await parsed(text);
    expect(
      statements.map(({ kind, text: sql, startLine, startColumn }) => [kind, sql, startLine, startColumn]),
    ).toEqual([
      ['CreateStmt', 'create table "Ä" (id int)', 2, 1],
      ['SelectStmt', "select 'ü; -- no comment'", 4, 3],
      ['VacuumStmt', 'vacuum', 5, 1],
    ]);
    expect(source.slice(0, statements[0]?.endByte ?? 0).endsWith('(id int);')).toBe(true);
    expect(statements[2]?.endByte).toBe(Buffer.byteLength(text));
  });

  it.each(['', '  \n', '-- only a comment', '/* a /* nested */ one */', ';;'])(
    'has no statements in %j',
    async (text) => {
      expect((await parsed(text)).statements).toEqual([]);
    },
  );

  it('keeps a body in dollar quotes whole', async () => {
    const { statements } = await parsed('do $$ begin perform 1; perform 2; end $$; select 1');
    expect(statements.map(({ kind }) => kind)).toEqual(['DoStmt', 'SelectStmt']);
  });

  it('says where a syntax error is, counting characters and not bytes', async () => {
    expect(await parseSql("select 1;\nselect 'é😀', ; select 1", 'm.sql')).toEqual({
      kind: 'syntax-error',
      file: 'm.sql',
      line: 2,
      column: 14,
      message: 'syntax error at or near ";"',
      near: '; select 1',
    });
  });

  it.each([
    ['create table t (', 1, 17, ''],
    ["select 'never closed", 1, 8, "'never closed"],
    ['\uFEFFselect 1', 1, 1, 'select 1'],
    ['\\connect other', 1, 1, '\\connect other'],
    ['select 1;\0 drop table t', 1, 10, ''],
  ])('refuses %j', async (text, line, column, near) => {
    const error = await parseSql(text, 'm.sql');
    expect(error).toMatchObject({ kind: 'syntax-error', line, column });
    expect('near' in error && error.near).toContain(near);
  });
});
