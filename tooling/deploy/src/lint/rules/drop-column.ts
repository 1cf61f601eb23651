import { tableCommands } from '../alter-table.ts';
import { nameOf, type Rule, severityOfRemoval } from '../rule.ts';

/** A column dropped while the running application may still use it. */
export const dropColumn: Rule = {
  name: 'drop-column',
  acceptable: true,
  check: ({ node }, { schema }) =>
    tableCommands(node).flatMap(({ table, ifExists, command: { subtype, name = '', missing_ok } }) => {
      if (subtype !== 'AT_DropColumn') return [];
      const target = schema.table(table, ifExists);
      const severity = severityOfRemoval(target);
      const notThere = missing_ok === true && target.columns.size > 0 && !target.columns.has(name);
      if (severity === undefined || notThere) return [];
      return [
        {
          severity,
          why: `The values of ${nameOf(table)}.${name} are lost, and queries of the running application that name the column fail.`,
          rewrite: `First deploy an application that no longer names the column, then drop it in a later deployment and accept this finding: -- deploy:allow drop-column REASON.`,
        },
      ];
    }),
};
