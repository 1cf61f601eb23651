import { describeRule } from '../../../test/support/describe-rule.ts';

describeRule('adding-not-null-column-without-default', {
  error: [
    'alter table big add x int not null',
    'alter table small add column x int not null',
    'alter table s."Mixed ""Case""" add x int not null',
    'alter table uncounted add x int primary key',
    'alter table big add x int not null default null',
    'alter table elsewhere add x int not null',
  ],
  clean: [
    'alter table empty add x int not null',
    'alter table big add x int',
    'alter table big add x int not null default 1',
    'alter table big add x int not null generated always as identity',
    'alter table big add x bigserial not null',
    'create table t (x int not null); alter table t add y int not null',
    'alter table big add column if not exists note text not null',
    'alter table if exists gone add x int not null',
  ],
});
