import type { HeldLock } from '@apms/validators';
import type { Node, RangeVar } from 'libpg-query';
import { walk } from './tree.ts';

/**
 * The locks by which a statement that runs only outside a transaction keeps others from reading or writing; most of them
 * exist so as not to. One that names no table concerns all of `tables`.
 */
export function lockOfAlone(
  node: Node,
  tables: ReadonlyMap<unknown, { name: string; isIndex: boolean }>,
): HeldLock[] {
  const lock = strongestLock(node);
  if (lock === undefined) return [];
  const named = namedTables(node);
  const all = [...tables.values()].flatMap(({ name, isIndex }) => (isIndex ? [] : name));
  return (named.length > 0 ? named : all).map((table) => ({ table, ...lock }));
}

function strongestLock(node: Node): Omit<HeldLock, 'table'> | undefined {
  const isFull = 'VacuumStmt' in node && hasOption(node, 'full');
  if (isFull || 'ClusterStmt' in node) return { mode: 'AccessExclusive', blocks: 'reads and writes' };
  if ('ReindexStmt' in node && !hasOption(node, 'concurrently')) return { mode: 'Share', blocks: 'writes' };
  return undefined;
}

function hasOption(node: Node, option: string): boolean {
  let found = false;
  walk(node, ({ defname }) => {
    found ||= defname === option;
  });
  return found;
}

function namedTables(node: Node): string[] {
  const names: string[] = [];
  const add = ({ schemaname = 'public', relname }: Partial<RangeVar>) => {
    if (relname !== undefined) names.push(`${schemaname}.${relname}`);
  };
  walk(node, (fields) => {
    const { relname, schemaname } = fields;
    if (typeof relname === 'string')
      add(typeof schemaname === 'string' ? { relname, schemaname } : { relname });
  });
  return names;
}
