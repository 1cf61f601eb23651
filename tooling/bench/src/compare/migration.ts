/** A migration as the scenarios know it, before each tool has it in its own format. */
export interface Migration {
  /** Its place in the order, with room for others in between. */
  readonly number: number;
  readonly name: string;
  readonly sql: string;
  /** What its author would write to undo it, where a tool has room for that. */
  readonly down: string;
  /** No transaction may be around it; told to each tool in its own way. */
  readonly alone?: boolean;
}

/** The number as the time stamp that most tools want. */
export function versionOf({ number }: Pick<Migration, 'number'>): string {
  return `${20_270_101_000_000 + number}`;
}

/** The table that every scenario finds, with three rows. */
export const THINGS: Migration = {
  number: 10,
  name: 'things',
  sql: 'create table things (id int primary key, code text, note text);',
  down: 'drop table things;',
};

export const THREE_ROWS = "insert into things values (1, 'a', 'one'), (2, 'b', 'two'), (3, 'b', 'three')";

/** A migration that makes one table and cannot fail. */
export function tableMigration(number: number, name: string): Migration {
  return {
    number,
    name,
    sql: `create table ${name}_table (id int primary key);`,
    down: `drop table ${name}_table;`,
  };
}
