import { expect, it } from 'vitest';
import { describeRule, lintSql } from '../../../test/support/describe-rule.ts';

const [fits, long] = ['a'.repeat(63), 'a'.repeat(64)];

describeRule('identifier-too-long', {
  warning: [
    `create table ${long} (id bigint)`,
    `create table t (id bigint, constraint ${long} check (id > 0))`,
    `create table "${'é'.repeat(32)}" (id bigint)`,
    `create table "${'a b '.repeat(16)}" (id bigint)`,
    `alter table big rename to ${long}`,
    `do $$ begin create table ${long} (id bigint); end $$`,
  ],
  clean: [
    `create table ${fits} (id bigint)`,
    `create table "${fits.slice(1)}""" (id bigint)`,
    `select '${long}'`,
    `create table t (id bigint) -- ${long}`,
    `comment on table big is '${long}'`,
  ],
});

it('points at the name, and tells of each one once', async () => {
  const findings = await lintSql(`select\n  ${long},\n  ${long} from big`);
  expect(findings).toMatchObject([{ line: 2, column: 3, endLine: 2, endColumn: 68 }]);
});
