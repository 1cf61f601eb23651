/** Names a statement by its text; the empty name means that it is not to be kept. */
export type StatementNamer = (statement: { readonly sql: string }) => string;

/**
 * Names the first `limit` distinct statements, so that PostgreSQL parses and plans each once a connection. The
 * limit is there because a statement with a list in it has another text for every length of the list.
 */
export function statementNames(limit: number): StatementNamer {
  const names = new Map<string, string>();
  return ({ sql }) => {
    const known = names.get(sql);
    if (known !== undefined) return known;
    if (names.size >= limit) return '';
    const name = `apms_${names.size}`;
    names.set(sql, name);
    return name;
  };
}
