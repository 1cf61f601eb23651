import { describeRule } from '../../../test/support/describe-rule.ts';

describeRule('adding-check-without-not-valid', {
  error: [
    'alter table big add constraint ck check (id > 0)',
    'alter table big add x int check (x > 0)',
    'alter table big add check (id > 0), add check (id < 9)',
  ],
  warning: ['alter table small add check (id > 0)'],
  clean: [
    'alter table big add constraint ck check (id > 0) not valid',
    'alter table empty add check (id > 0)',
    'alter table big add constraint ck check (id > 0) not enforced',
    'alter table big add x int check (x > 0) not enforced',
  ],
});
