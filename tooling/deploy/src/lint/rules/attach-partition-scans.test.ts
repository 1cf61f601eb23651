import { describeRule } from '../../../test/support/describe-rule.ts';

const attach = (name: string) => `alter table parent attach partition ${name} for values in (1)`;
/** The tables of the context all have a validated check. */
const bare = 'alter table big drop constraint ck_note;';

describeRule('attach-partition-scans', {
  error: [
    `${bare} ${attach('big')}`,
    attach('elsewhere'),
    `${bare} alter table big add constraint b check (id = 1) not valid; ${attach('big')}`,
    `${bare} alter table big add constraint b check (id is not null); ${attach('big')}`,
  ],
  warning: [`alter table small drop constraint ck_note; ${attach('small')}`],
  clean: [
    attach('big'),
    `${bare} alter table big add constraint b check (id = 1) not valid, validate constraint b; ${attach('big')}`,
    `alter table empty drop constraint ck_note; ${attach('empty')}`,
    `create table t (a int); ${attach('t')}`,
  ],
});
