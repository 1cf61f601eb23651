import { parseSync, type TypeName } from 'libpg-query';
import { nameParts } from '../sql/tree.ts';
import { SERIAL_TYPES } from './serial-types.ts';

/** A column's type, comparable: PostgreSQL's internal name, its modifiers, and how many array dimensions it has. */
export interface SqlType {
  name: string;
  modifiers: number[];
  dimensions: number;
}

/** The type that a parse tree names. */
export function sqlType({ names, typmods = [], arrayBounds = [] }: TypeName): SqlType {
  const name = nameParts(names).at(-1) ?? '';
  const modifiers = typmods.flatMap((node) => ('A_Const' in node ? (node.A_Const.ival?.ival ?? 0) : []));
  return { name: SERIAL_TYPES[name] ?? name, modifiers, dimensions: arrayBounds.length };
}

/** The type that `format_type` prints; undefined where it cannot be parsed. */
export function parseSqlType(printed: string): SqlType | undefined {
  try {
    const target = parseSync(`select null::${printed}`).stmts?.[0]?.stmt;
    if (!target || !('SelectStmt' in target)) return undefined;
    const [column] = target.SelectStmt.targetList ?? [];
    const value = column && 'ResTarget' in column ? column.ResTarget.val : undefined;
    const type = value && 'TypeCast' in value ? value.TypeCast.typeName : undefined;
    return type && sqlType(type);
  } catch {
    return undefined;
  }
}

/** Whether every value of one type is a value of the other with the same bytes, so that no row is rewritten. */
export function isWidening(from: SqlType, to: SqlType): boolean {
  if (from.dimensions !== to.dimensions) return false;
  if (from.name === to.name) return widensModifiers(from, to);
  if (from.name === 'varchar') return to.name === 'text';
  if (from.name === 'text' || from.name === 'citext') return unlimitedText(to);
  return from.name === 'cidr' && to.name === 'inet';
}

function unlimitedText({ name, modifiers }: SqlType): boolean {
  return name === 'text' || (name === 'varchar' && modifiers.length === 0);
}

function widensModifiers(from: SqlType, to: SqlType): boolean {
  if (from.modifiers.join() === to.modifiers.join()) return true;
  switch (to.name) {
    case 'varchar':
    case 'varbit':
    case 'timestamp':
    case 'timestamptz':
    case 'time':
    case 'timetz':
      return to.modifiers.length === 0 || (from.modifiers.length > 0 && first(to) >= first(from));
    case 'numeric':
      if (to.modifiers.length === 0) return true;
      return from.modifiers.length > 0 && first(to) >= first(from) && scale(from) === scale(to);
    default:
      return false;
  }
}

function first({ modifiers }: SqlType): number {
  return modifiers[0] ?? 0;
}

function scale({ modifiers }: SqlType): number {
  return modifiers[1] ?? 0;
}
