import { describeRule } from '../../../test/support/describe-rule.ts';

describeRule('validate-in-same-transaction', {
  warning: [
    'alter table big add constraint fk foreign key (id) references small not valid; alter table big validate constraint fk',
    'alter table big add constraint ck check (id > 0) not valid, validate constraint ck',
    'alter table public.small add constraint ck check (id > 0) not valid; alter table small validate constraint ck',
  ],
  clean: [
    'alter table big validate constraint ck_code',
    'alter table empty add constraint ck check (id > 0) not valid; alter table empty validate constraint ck',
    'alter table big add constraint ck check (id > 0) not valid',
  ],
});
