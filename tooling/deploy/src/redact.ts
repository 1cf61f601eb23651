import type { Connection } from './connection.ts';

/** Shorter ones would blank out ordinary words. */
const SHORTEST_SECRET = 4;

/**
 * A function that replaces the connections' passwords and other `secrets`, raw or percent-encoded, in any text. The tool's own messages hold
 * none; this is for what hooks and PostgreSQL's programs write.
 */
export function redactor(
  connections: readonly Connection[],
  others: readonly string[] = [],
): (text: string) => string {
  const passwords = [...connections.flatMap(({ password }) => (password ? [password] : [])), ...others];
  const secrets = [...new Set(passwords.flatMap((password) => [password, encodeURIComponent(password)]))]
    .filter((secret) => secret.length >= SHORTEST_SECRET)
    .toSorted((a, b) => b.length - a.length);
  return (text) => secrets.reduce((clean, secret) => clean.replaceAll(secret, '***'), text);
}
