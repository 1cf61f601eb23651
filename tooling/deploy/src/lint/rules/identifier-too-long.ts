import { scanSql } from '../../sql/scan-sql.ts';
import type { Rule } from '../rule.ts';

/** NAMEDATALEN of PostgreSQL, less the zero byte at the end. */
const LONGEST_BYTES = 63;
const IDENTIFIERS = new Set(['IDENT', 'UIDENT']);
/** Nothing in a text without such a run can be a name that is too long. */
const LONG_RUN = /"(?:[^"]|""){16,}"|[^\s"'(),;.]{16,}/gu;

/** A name that PostgreSQL cuts off, so that two may become one, and the catalog does not know it in full. */
export const identifierTooLong: Rule = {
  name: 'identifier-too-long',
  acceptable: true,
  check: ({ text, startByte }) => {
    const runs = text.match(LONG_RUN) ?? [];
    if (!runs.some((run) => Buffer.byteLength(run) > LONGEST_BYTES)) return [];
    const bytes = Buffer.from(text, 'utf8');
    const told = new Set<string>();
    return scanSql(text).flatMap(({ tokenName, start, end }) => {
      const name = unquoted(bytes.toString('utf8', start, end));
      const length = Buffer.byteLength(name);
      if (!IDENTIFIERS.has(tokenName) || length <= LONGEST_BYTES || told.has(name)) return [];
      told.add(name);
      return [
        {
          severity: 'warning',
          at: startByte + start,
          why: `The name ${name} has ${length} bytes; PostgreSQL cuts it off after ${LONGEST_BYTES}. Two such names may become one, and nothing finds it under its full name.`,
          rewrite: `Choose a name of at most ${LONGEST_BYTES} bytes.`,
        },
      ];
    });
  },
};

function unquoted(token: string): string {
  return token.startsWith('"') ? token.slice(1, -1).replaceAll('""', '"') : token;
}
