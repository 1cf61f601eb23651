import type { Node } from 'libpg-query';
import { type Inverse, inverseOf } from './inverse.ts';
import { type Mentions, mentionsOf } from './mentions.ts';
import { nonTransactionalReason } from './non-transactional-reason.ts';
import type { Statement } from './parse.ts';
import { walk } from './tree.ts';

/** Whether a statement can share a transaction with others, and what it has to do with other objects. */
export type Classification =
  | { transactional: true; mentions: Mentions }
  | {
      transactional: false;
      reason: string;
      inverse: Inverse | undefined;
      /** Unqualified names of the relations and types that it names. */
      touches: string[];
      mentions: Mentions;
    };

/** Classifies the statements of all pending migrations, given in the order in which they are to run. */
export function classifyStatements(statements: readonly Statement[]): Classification[] {
  return statements.map(({ node }, index) => {
    const mentions = mentionsOf(node);
    const reason = nonTransactionalReason(node) ?? reasonForNewLabel(statements, index);
    if (reason === undefined) return { transactional: true, mentions };
    const touches = [...mentions.relations, ...mentions.changes];
    return { transactional: false, reason, inverse: inverseOf(node), touches, mentions };
  });
}

/**
 * A label added to an enum cannot be used before the transaction that added it is committed; before PostgreSQL 17 not
 * even where that transaction made the type.
 */
function reasonForNewLabel(statements: readonly Statement[], index: number): string | undefined {
  const node = statements[index]?.node;
  if (node === undefined || !('AlterEnumStmt' in node)) return undefined;
  const { newVal: label, oldVal } = node.AlterEnumStmt;
  if (label === undefined || oldVal !== undefined) return undefined;
  if (!statements.slice(index + 1).some((later) => usesLabel(later.node, label))) return undefined;
  return `ALTER TYPE ADD VALUE must be committed before a later statement uses the new label '${label}'`;
}

function usesLabel(node: Node, label: string): boolean {
  // The body of a function or code block is one string: the label stands inside it, in quotes.
  const hasBody = 'DoStmt' in node || 'CreateFunctionStmt' in node;
  let found = false;
  walk(node, (fields, tag) => {
    const { sval } = fields;
    if (typeof sval !== 'string') return;
    if (tag === 'sval') found ||= sval === label;
    else if (hasBody) found ||= sval.includes(`'${label.replaceAll("'", "''")}'`);
  });
  return found;
}
