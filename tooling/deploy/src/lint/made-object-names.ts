import type { Node } from 'libpg-query';
import { nameParts } from '../sql/tree.ts';
import { madeRelation, madeType } from './made-object.ts';

/** The own names of the views, functions, sequences, types and tables that statements make, in whatever order. */
export function madeObjectNames(nodes: Iterable<Node>): Set<string> {
  const names = new Set<string>();
  for (const node of nodes) {
    const name = madeRelation(node)?.relation.relname ?? madeType(node) ?? otherName(node);
    if (name !== undefined) names.add(name);
  }
  return names;
}

function otherName(node: Node): string | undefined {
  if ('ViewStmt' in node) return node.ViewStmt.view?.relname;
  if ('CreateFunctionStmt' in node) return nameParts(node.CreateFunctionStmt.funcname).at(-1);
  if ('CreateSeqStmt' in node) return node.CreateSeqStmt.sequence?.relname;
  return 'CreateRangeStmt' in node ? nameParts(node.CreateRangeStmt.typeName).at(-1) : undefined;
}
