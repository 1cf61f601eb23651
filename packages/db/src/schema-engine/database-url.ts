/** The same server and credentials, another database. */
export function urlOfDatabase(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${encodeURIComponent(database)}`;
  return changed.href;
}

/** The database that `url` names. */
export function databaseOfUrl(url: string): string {
  return decodeURIComponent(new URL(url).pathname.slice(1)) || 'postgres';
}

/** The schema that Prisma's `schema` parameter names, `public` when it is absent. */
export function schemaOfUrl(url: string): string {
  return new URL(url).searchParams.get('schema') ?? 'public';
}
