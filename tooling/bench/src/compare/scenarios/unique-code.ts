import type { Migration } from '../migration.ts';

/** It goes well on an empty database, and not on rows of which two have the same code. */
export const UNIQUE_CODE: Migration = {
  number: 20,
  name: 'unique_code',
  sql: 'create table extra_table (id int primary key);\ncreate unique index things_code_key on things (code);',
  down: 'drop table extra_table;\ndrop index things_code_key;',
};
