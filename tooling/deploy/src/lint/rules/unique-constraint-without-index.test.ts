import { describeRule } from '../../../test/support/describe-rule.ts';

describeRule('unique-constraint-without-index', {
  error: [
    'alter table big add constraint u unique (code)',
    'alter table big add primary key (id)',
    'alter table big add x int unique',
    'alter table big add constraint e exclude using gist (id with =)',
  ],
  warning: ['alter table small add unique (code)'],
  clean: [
    'alter table big add constraint u unique using index i',
    'alter table big add primary key using index i',
    'alter table empty add unique (code)',
    'create table t (a int unique); alter table t add primary key (a)',
  ],
});
