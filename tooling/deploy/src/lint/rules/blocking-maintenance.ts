import type { Node, RangeVar } from 'libpg-query';
import { tableCommands } from '../alter-table.ts';
import { nameOf, type Rule, severityOfBlocking, sizeOf } from '../rule.ts';

const REWRITING_COMMANDS: Readonly<Record<string, string>> = {
  AT_SetTableSpace: 'SET TABLESPACE',
  AT_SetLogged: 'SET LOGGED',
  AT_SetUnLogged: 'SET UNLOGGED',
  AT_SetAccessMethod: 'SET ACCESS METHOD',
  AT_SetExpression: 'SET EXPRESSION',
};

const ACCESS_EXCLUSIVE_MODE = 8;

/** Maintenance that keeps a table from being read or written for as long as it is large. */
export const blockingMaintenance: Rule = {
  name: 'blocking-maintenance',
  acceptable: true,
  check: ({ node }, context) =>
    blockedTables(node).flatMap(({ command, relation, ifExists, isIndex }) => {
      const { schema } = context;
      const table = isIndex ? schema.index(relation).table : schema.table(relation, ifExists);
      const severity = severityOfBlocking(table, context);
      if (severity === undefined) return [];
      return [
        {
          severity,
          why: `${command} keeps ${isIndex ? 'the table of ' : ''}${nameOf(relation)} (${sizeOf(table)}) from being read and written until it is done.`,
          rewrite:
            'Use the concurrent form where there is one (REINDEX CONCURRENTLY, VACUUM without FULL), or do it outside a deployment, at a time of its own.',
        },
      ];
    }),
};

interface Blocked {
  command: string;
  relation: RangeVar;
  ifExists: boolean;
  isIndex: boolean;
}

function blockedTables(node: Node): Blocked[] {
  if ('ClusterStmt' in node) return blocked('CLUSTER', node.ClusterStmt.relation);
  if ('ReindexStmt' in node) {
    const { kind, relation, name, params = [] } = node.ReindexStmt;
    const concurrently = params.some(
      (param) => 'DefElem' in param && param.DefElem.defname === 'concurrently',
    );
    if (concurrently || kind === 'REINDEX_OBJECT_SYSTEM') return [];
    // Of a whole schema or database, the tables are as good as unknown.
    if (relation === undefined) return blocked('REINDEX', { relname: `every table of ${name ?? ''}` });
    return blocked('REINDEX', relation, { isIndex: kind === 'REINDEX_OBJECT_INDEX' });
  }
  if ('VacuumStmt' in node) {
    const { options = [], rels = [] } = node.VacuumStmt;
    if (!options.some((option) => 'DefElem' in option && option.DefElem.defname === 'full')) return [];
    return rels.flatMap((rel) =>
      'VacuumRelation' in rel ? blocked('VACUUM FULL', rel.VacuumRelation.relation) : [],
    );
  }
  if ('LockStmt' in node) {
    const { relations = [], mode } = node.LockStmt;
    if (mode !== ACCESS_EXCLUSIVE_MODE) return [];
    return relations.flatMap((relation) =>
      'RangeVar' in relation ? blocked('LOCK TABLE', relation.RangeVar) : [],
    );
  }
  return tableCommands(node).flatMap(({ table, ifExists, command: { subtype = '' } }) => {
    const command = REWRITING_COMMANDS[subtype];
    return command === undefined ? [] : blocked(command, table, { ifExists });
  });
}

function blocked(
  command: string,
  relation: RangeVar | undefined,
  { ifExists = false, isIndex = false } = {},
): Blocked[] {
  return relation ? [{ command, relation, ifExists, isIndex }] : [];
}
