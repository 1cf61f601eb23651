import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { tableCommands } from '../alter-table.ts';
import { isInUse, nameOf, type Rule, sizeOf } from '../rule.ts';

/** A partition detached under the strongest lock on the whole partitioned table. */
export const detachPartitionNotConcurrent: Rule = {
  name: 'detach-partition-not-concurrent',
  acceptable: true,
  check: ({ node }, { schema }) =>
    tableCommands(node).flatMap(({ table, ifExists, command: { subtype, def } }) => {
      if (subtype !== 'AT_DetachPartition' || !def || !('PartitionCmd' in def)) return [];
      const { concurrent, name: partition = {} } = def.PartitionCmd;
      const target = schema.table(table, ifExists);
      if (concurrent || !isInUse(target)) return [];
      const parent = quoteIdentifier(table.relname ?? '', table.schemaname);
      return [
        {
          severity: 'warning',
          why: `${nameOf(table)} (${sizeOf(target)}) with all its partitions refuses reads and writes until the deployment is committed.`,
          rewrite: `ALTER TABLE ${parent} DETACH PARTITION ${quoteIdentifier(partition.relname ?? '', partition.schemaname)} CONCURRENTLY; (not where there is a default partition).`,
        },
      ];
    }),
};
