import { expect, it } from 'vitest';
import { CONTEXT, describeRule, lintSql } from '../../../test/support/describe-rule.ts';

describeRule('set-not-null-without-validated-check', {
  error: [
    'alter table big alter code set not null',
    'alter table big add constraint nn not null amount',
    'alter table big add primary key using index i_big',
    'create unique index concurrently i on big (id, amount); alter table big add primary key using index i',
    'alter table big add constraint ck check (amount is not null) not valid; alter table big alter amount set not null',
    'alter table big drop constraint ck_note; alter table big alter note set not null',
  ],
  warning: ['alter table small alter code set not null'],
  clean: [
    'create unique index concurrently i on big (id, note); alter table big add primary key using index i',
    'alter table empty add primary key using index i_empty',
    'alter table small add unique using index i_small',
    'alter table big alter note set not null',
    'alter table big alter id set not null',
    'alter table big add constraint nn not null amount not valid',
    'alter table big validate constraint ck_code; alter table big alter code set not null',
    'alter table empty alter code set not null',
    'alter table big add constraint ck check (amount is not null); alter table big alter amount set not null',
  ],
});

it.each([
  [17, 'CHECK ("code" IS NOT NULL) NOT VALID'],
  [18, 'NOT NULL "code" NOT VALID'],
])('rewrites for PostgreSQL %i', async (serverVersion, rewrite) => {
  const [finding] = await lintSql('alter table big alter code set not null', { ...CONTEXT, serverVersion });
  expect(finding?.rewrite).toContain(rewrite);
});
