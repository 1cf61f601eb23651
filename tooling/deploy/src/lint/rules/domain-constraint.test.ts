import { expect, it } from 'vitest';
import { CONTEXT, describeRule, lintSql } from '../../../test/support/describe-rule.ts';

describeRule('domain-constraint', {
  warning: [
    'alter domain d add constraint ck check (value > 0)',
    'alter domain d set not null',
    'alter domain s.d validate constraint ck',
  ],
  clean: [
    'alter domain d add constraint ck check (value > 0) not valid',
    'alter domain d drop constraint ck',
    'alter domain d drop not null',
    'create domain d as int; alter domain d add check (value > 0)',
  ],
});

it.each([
  [17, 1],
  [18, 0],
  [undefined, 1],
])('VALIDATE keeps writes waiting before PostgreSQL 18: %s', async (serverVersion, count) => {
  const findings = await lintSql('alter domain d validate constraint ck', { ...CONTEXT, serverVersion });
  expect(findings).toHaveLength(count);
});
