import { escapeLiteral } from 'pg';

/** A statement with its parameters filled in, for where none can be sent beside it; a null binds NULL. */
export function bind(sql: string, values: readonly (string | null)[]): string {
  return sql.replaceAll(/\$(\d+)/g, (_, number: string) => {
    const value = values[Number(number) - 1] ?? null;
    return value === null ? 'null' : escapeLiteral(value);
  });
}
