import type { Node } from 'libpg-query';
import { type Fields, nameParts, walk } from './tree.ts';

/** What a statement has to do with other objects; names are unqualified, so that a search path cannot mislead. */
export interface Mentions {
  /** Tables, views, sequences and indexes it names in any way. */
  relations: Set<string>;
  /** Functions, types, operator classes and collations it refers to. */
  uses: Set<string>;
  /** The same, where it creates, alters or drops them. */
  changes: Set<string>;
  /** It may reach anything: a code block, a procedure, a session setting, a cascade. */
  opaque: boolean;
}

const OPAQUE_KINDS = new Set([
  'DoStmt',
  'CallStmt',
  'ExecuteStmt',
  'CreateExtensionStmt',
  'AlterExtensionStmt',
  'ImportForeignSchemaStmt',
  'DropOwnedStmt',
  'ReassignOwnedStmt',
  'GrantRoleStmt',
  'DiscardStmt',
  'LoadStmt',
  'AlterTableMoveAllStmt',
  'CreateCastStmt',
]);
const RELATION_FIELDS = ['relname', 'idxname', 'indexname', 'conname'];
const USE_FIELDS = ['names', 'funcname', 'opclass', 'collname'];
const CHANGE_FIELDS = ['typeName', 'domainname', 'defnames', 'objname', 'opclassname', 'opfamilyname'];

/** Collects what a statement names, from its parse tree. */
export function mentionsOf(node: Node): Mentions {
  const mentions: Mentions = {
    relations: new Set(),
    uses: new Set(),
    changes: new Set(),
    opaque: isOpaque(node),
  };
  walk(node, (fields) => {
    collect(fields, RELATION_FIELDS, mentions.relations);
    collect(fields, USE_FIELDS, mentions.uses);
    collect(fields, CHANGE_FIELDS, mentions.changes);
  });
  if ('CreateFunctionStmt' in node) addAll(mentions.changes, nameParts(node.CreateFunctionStmt.funcname));
  for (const name of namesOfObjects(node)) {
    mentions.relations.add(name);
    mentions.changes.add(name);
  }
  return mentions;
}

/** Whether two statements may depend on each other's order. */
export function dependOnEachOther(one: Mentions, other: Mentions): boolean {
  return (
    one.opaque ||
    other.opaque ||
    overlap(one.relations, other.relations) ||
    overlap(one.uses, other.changes) ||
    overlap(one.changes, other.uses) ||
    overlap(one.changes, other.changes)
  );
}

function overlap(one: Set<string>, other: Set<string>): boolean {
  return [...one].some((name) => other.has(name));
}

function isOpaque(node: Node): boolean {
  if (Object.keys(node).some((kind) => OPAQUE_KINDS.has(kind))) return true;
  if ('VariableSetStmt' in node) return node.VariableSetStmt.is_local !== true;
  if ('SelectStmt' in node) return callsFunction(node);
  if ('DefineStmt' in node) return node.DefineStmt.kind === 'OBJECT_OPERATOR';
  if ('RenameStmt' in node) return node.RenameStmt.renameType === 'OBJECT_SCHEMA';
  if ('TruncateStmt' in node) return node.TruncateStmt.behavior === 'DROP_CASCADE';
  if ('DropStmt' in node) return node.DropStmt.behavior === 'DROP_CASCADE';
  return false;
}

function callsFunction(node: Node): boolean {
  let found = false;
  walk(node, (_fields, tag) => {
    found ||= tag === 'FuncCall';
  });
  return found;
}

/** DROP, COMMENT and the like name objects of any sort as plain lists of strings. */
function namesOfObjects(node: Node): string[] {
  if ('DropStmt' in node) return nameParts(node.DropStmt.objects);
  if ('CommentStmt' in node) return nameParts(node.CommentStmt.object);
  if ('RenameStmt' in node) {
    const { object, newname = [] } = node.RenameStmt;
    return [...nameParts(object), ...nameParts(newname)];
  }
  if ('AlterObjectSchemaStmt' in node) return nameParts(node.AlterObjectSchemaStmt.object);
  if ('AlterOwnerStmt' in node) return nameParts(node.AlterOwnerStmt.object);
  return [];
}

function collect(fields: Fields, keys: readonly string[], into: Set<string>): void {
  for (const key of keys) {
    const value = fields[key];
    // A column's `typeName` is a whole type and not a name: its own `names` are visited in their turn.
    if (typeof value === 'string' || Array.isArray(value)) addAll(into, nameParts(value).slice(-1));
  }
}

function addAll(set: Set<string>, names: readonly string[]): void {
  for (const name of names) set.add(name);
}
