import { findClientTools } from '../../client-tools.ts';
import { explain } from '../../explain.ts';
import { toFailure } from '../../failure.ts';
import { majorOf } from '../../server-facts.ts';
import { ok, problem } from '../finding.ts';
import type { ServerCheck } from './context.ts';

/** `pg_dump` and `pg_restore`, as the deployment would choose them. */
export const checkTools: ServerCheck = async ({ facts, clientTools }) => {
  try {
    const { pgDump, version } = await findClientTools(majorOf(facts), clientTools);
    return [ok('client tools', `${pgDump} ${version}`)];
  } catch (error) {
    const major = majorOf(facts);
    return [
      problem(
        'client tools',
        explain(toFailure(error)),
        'Backups are made by pg_dump, which refuses a server newer than itself.',
        `apt-get install postgresql-client-${major}, or PG_BIN_DIR=/directory/of/pg_dump`,
      ),
    ];
  }
};
