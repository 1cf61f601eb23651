import { describeRule } from '../../../test/support/describe-rule.ts';

describeRule('adding-foreign-key-without-not-valid', {
  error: [
    'alter table big add constraint fk foreign key (id) references small (id)',
    'alter table only uncounted add foreign key (id) references small',
    'alter table big add x int default 1 references small',
  ],
  warning: ['alter table small add constraint fk foreign key (id) references big (id)'],
  clean: [
    'alter table big add constraint fk foreign key (id) references small (id) not valid',
    'alter table empty add constraint fk foreign key (id) references big (id)',
    'alter table big add x int references small',
    'create table t (id int references big); alter table t add foreign key (id) references big',
    'alter table big add x int default null references small',
  ],
});
