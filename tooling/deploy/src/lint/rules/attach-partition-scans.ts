import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { tableCommands } from '../alter-table.ts';
import { nameOf, type Rule, severityOfBlocking, sizeOf } from '../rule.ts';
import type { TableState } from '../table-state.ts';

/** A table of which every row is looked at before it becomes a partition, while it refuses reads and writes. */
export const attachPartitionScans: Rule = {
  name: 'attach-partition-scans',
  acceptable: true,
  check: ({ node }, context) =>
    tableCommands(node).flatMap(({ command: { subtype, def } }) => {
      if (subtype !== 'AT_AttachPartition' || !def || !('PartitionCmd' in def)) return [];
      const { name: partition } = def.PartitionCmd;
      const target = context.schema.table(partition ?? {});
      const severity = severityOfBlocking(target, context);
      if (partition === undefined || severity === undefined || mayProveBounds(target)) return [];
      const quoted = quoteIdentifier(partition.relname ?? '', partition.schemaname);
      return [
        {
          severity,
          why: `Every row of ${nameOf(partition)} (${sizeOf(target)}) is checked for the partition's bounds while it refuses reads and writes.`,
          rewrite: `First ALTER TABLE ${quoted} ADD CONSTRAINT … CHECK (the bounds, and the key IS NOT NULL) NOT VALID; and VALIDATE CONSTRAINT in an earlier deployment: ATTACH PARTITION trusts it. Then drop the check. A default partition needs one that excludes the bounds.`,
        },
      ];
    }),
};

/** Whether a validated check says more than that columns are not null; whether it says enough is only known to the server. */
function mayProveBounds({ checks }: TableState): boolean {
  return [...checks.values()].some(
    ({ validated, provesNotNull, columns }) => validated && columns.length > provesNotNull.length,
  );
}
