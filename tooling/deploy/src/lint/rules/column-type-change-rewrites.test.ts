import { describeRule } from '../../../test/support/describe-rule.ts';

describeRule('column-type-change-rewrites', {
  error: [
    'alter table big alter id type bigint',
    'alter table big alter code type varchar(10)',
    'alter table big alter amount type numeric(12,3)',
    'alter table big alter note type varchar(20)',
    'alter table big alter at type timestamp',
    'alter table big alter unheard_of type text',
    'alter table big alter code type varchar(30) using upper(code)',
    'alter table big alter tags type varchar(5)',
    'alter table big alter amount type numeric(9,2)',
    // No other bytes, but a validated check on the column.
    'alter table big alter note type varchar',
  ],
  warning: ['alter table small alter id type bigint'],
  clean: [
    'alter table big alter code type varchar(30)',
    'alter table big alter code type varchar',
    'alter table big alter code type text',
    'alter table big alter code type text using code::text',
    'alter table big alter code type text using code',
    'alter table big alter amount type numeric(12,2)',
    'alter table big alter amount type numeric',
    'alter table big alter at type timestamptz(6)',
    'alter table big alter at type timestamptz',
    'alter table big alter ip type inet',
    'alter table big alter tags type varchar(6)[]',
    'alter table big alter id type int4',
    'alter table empty alter id type bigint',
    'alter table big drop constraint ck_note; alter table big alter note type varchar',
    'alter table big add x varchar(5); alter table big alter x type varchar(6)',
  ],
});
