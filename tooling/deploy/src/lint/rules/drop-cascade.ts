import type { Node } from 'libpg-query';
import { nameParts } from '../../sql/tree.ts';
import { tableCommands } from '../alter-table.ts';
import { relationOf } from '../pending-schema.ts';
import { nameOf, type Rule, type RuleContext } from '../rule.ts';

/** Dropping with CASCADE: what else goes is decided by the target and not by the migration. */
export const dropCascade: Rule = {
  name: 'drop-cascade',
  acceptable: true,
  check: ({ node }, context) =>
    droppedWithCascade(node, context).map((what) => ({
      severity: 'error',
      why: `DROP … CASCADE takes along whatever depends on ${what} on the target, listed nowhere: views, foreign keys, policies.`,
      rewrite: 'Drop each dependent object by name first, and then this one without CASCADE.',
    })),
};

function droppedWithCascade(node: Node, { schema }: RuleContext): string[] {
  if ('DropOwnedStmt' in node) return ['everything that a role owns'];
  if ('DropStmt' in node) {
    const { objects = [], removeType, behavior, missing_ok: ifExists } = node.DropStmt;
    if (behavior !== 'DROP_CASCADE') return [];
    return objects.flatMap((object) => {
      const relation = relationOf(nameParts(object));
      const isTable = removeType === 'OBJECT_TABLE';
      return isTable && isHarmless(schema.table(relation, ifExists).origin) ? [] : nameOf(relation);
    });
  }
  return tableCommands(node).flatMap(({ table, ifExists, command: { subtype, name = '', behavior } }) => {
    const drops = subtype === 'AT_DropColumn' || subtype === 'AT_DropConstraint';
    if (!drops || behavior !== 'DROP_CASCADE' || isHarmless(schema.table(table, ifExists).origin)) return [];
    return `${nameOf(table)}.${name}`;
  });
}

function isHarmless(origin: string): boolean {
  return origin === 'new' || origin === 'absent';
}
