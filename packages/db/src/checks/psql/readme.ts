import { checks } from '../checks.ts';

/** What the folder says of itself. */
export function readme(facts: { writtenBy: string; level: readonly string[]; keys: number }): string {
  const { writtenBy, level, keys } = facts;
  return `# The validation suite for psql

Written by ${writtenBy}, for databases with the ${level.length} migrations up to \`${level.at(-1) ?? 'none'}\`. On any other they
refuse to run; \`deploy verify --emit-sql DIRECTORY\` writes them anew.

\`\`\`sh
psql -X -f run-all.sql "dbname=apms host=… user=deployer"            # everything, and the decision
psql -X -f C5.sql …                                                  # one check
psql -X -f orphans.sql …                                             # orphans of every foreign key
psql -X -v json=on -f run-all.sql …                                  # the results as one line of JSON
psql -X -v accept_hold="ticket 4711" -f run-all.sql …                # go on in spite of a HOLD
\`\`\`

psql and server may be of any version from 14 to 18. The role needs no superuser: BYPASSRLS, the right to read and write
the tables, and membership in \`apms_api\`, as whom some checks act; the role that deploys has all of that.

**Safe on production.** Everything runs in one transaction that is rolled back, each check in a subtransaction of its own
that is rolled back as well. What the checks write is a workspace of their own, which nobody else ever sees. They wait
at most 10 s for a lock. The orphan audit reads every table once a foreign key: on a large database choose a quiet hour.

| file | |
|---|---|
| \`run-all.sql\` | all of the following |
| \`orphans.sql\` | ${keys} foreign keys, one query each, with its severity |
${checks.map(({ code, title }) => `| \`${code}.sql\` | ${title}${code === 'C1' ? ', with the orphans' : ''} |`).join('\n')}

N2 (documentation of the pending migrations) is about files and has no script; \`deploy verify\` looks at it. A check that
is *skipped* did not find the tables it needs.

| decision | when | psql's exit code |
|---|---|---|
| GO | every C and I check has passed | 0 |
| HOLD | one or two I checks have not; with \`accept_hold\` it is told and let pass | 3, accepted 0 |
| NO-GO | a C check, three I checks or the orphan audit have not | 3 |

The last line says which. psql also exits with 3 when the scripts refuse the database, with 2 when the connection is lost
and with 1 when it cannot find a file. N1 measures and never blocks.
`;
}
