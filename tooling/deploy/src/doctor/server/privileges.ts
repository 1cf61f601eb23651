import { missingPrivileges } from '../../server-facts.ts';
import { ok, problem } from '../finding.ts';
import type { ServerCheck } from './context.ts';

/** What the role may do, and whether the server writes at all. */
export const checkPrivileges: ServerCheck = async ({ facts }) => {
  const { user, version, inRecovery } = facts;
  const server = ok('server', `PostgreSQL ${version}`);
  if (inRecovery) {
    return [
      server,
      problem(
        'standby',
        'The server is a standby, which only reads.',
        'A deployment writes.',
        "Put the primary's host into the URL.",
      ),
    ];
  }
  const missing = missingPrivileges(facts);
  if (missing.length === 0) return [server, ok('privileges', `"${user}" may do all that a deployment does`)];
  return [
    server,
    ...missing.map((what) =>
      problem(
        'privileges',
        `"${user}" lacks ${what}.`,
        'The plan refuses to begin (exit 2).',
        'See "The role" in docs/runbooks/deploy.md for the statements.',
      ),
    ),
  ];
};
