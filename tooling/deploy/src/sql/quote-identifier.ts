/** A name quoted for SQL, whatever characters it has; qualified where a schema is given. */
export function quoteIdentifier(name: string, schema?: string): string {
  const quoted = `"${name.replaceAll('"', '""')}"`;
  return schema === undefined ? quoted : `"${schema.replaceAll('"', '""')}".${quoted}`;
}
