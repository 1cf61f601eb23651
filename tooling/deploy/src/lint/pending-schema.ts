import type { Node, RangeVar, RenameStmt } from 'libpg-query';
import { nameParts } from '../sql/tree.ts';
import { tableCommands } from './alter-table.ts';
import { applyTableCommand, columnState } from './apply-table-command.ts';
import type { LintContext } from './context.ts';
import { declaredVolatility, isVolatileBuiltIn } from './function-volatility.ts';
import { blankTable, existingTable, type TableState } from './table-state.ts';

const DEFAULT_SEARCH_PATH = ['public'];

/** The target's tables, changed by each pending statement in turn. */
export class PendingSchema {
  readonly #context: LintContext;
  #searchPath: readonly string[];
  /** Tables looked up or changed so far; undefined where a pending statement dropped or renamed it away. */
  readonly #tables = new Map<string, TableState | undefined>();
  readonly #volatileByFunction = new Map<string, boolean>();

  constructor(context: LintContext) {
    this.#context = context;
    this.#searchPath = searchPathOf(context);
  }

  /** A table as it stands now. */
  table(relation: RangeVar, ifExists = false): TableState {
    for (const key of this.#keys(relation)) {
      const table = this.#lookUp(key);
      if (table) return table;
    }
    return blankTable(ifExists ? 'absent' : 'unknown');
  }

  /** Whether a function may give another result at each call. */
  isVolatile(name: string): boolean {
    return (
      this.#volatileByFunction.get(name) ??
      this.#context.volatileFunctions?.has(name) ??
      isVolatileBuiltIn(name)
    );
  }

  /** Changes the tables as a statement will. */
  apply(node: Node): void {
    if ('CreateStmt' in node) {
      const { relation, if_not_exists: ifNotExists = false, tableElts = [] } = node.CreateStmt;
      if (!relation || (ifNotExists && this.table(relation).origin !== 'unknown')) return;
      const table = this.#create(relation);
      for (const element of tableElts) {
        if ('ColumnDef' in element)
          table.columns.set(element.ColumnDef.colname ?? '', columnState(element.ColumnDef));
      }
    } else if ('CreateTableAsStmt' in node) {
      const relation = node.CreateTableAsStmt.into?.rel;
      if (relation) this.#create(relation);
    } else if ('SelectStmt' in node) {
      const relation = node.SelectStmt.intoClause?.rel;
      if (relation) this.#create(relation);
    } else if ('DropStmt' in node) {
      if (node.DropStmt.removeType !== 'OBJECT_TABLE') return;
      for (const object of node.DropStmt.objects ?? []) this.#forget(relationOf(nameParts(object)));
    } else if ('RenameStmt' in node) {
      this.#rename(node.RenameStmt);
    } else if ('AlterObjectSchemaStmt' in node) {
      const { relation, objectType, newschema } = node.AlterObjectSchemaStmt;
      if (relation && newschema !== undefined && objectType === 'OBJECT_TABLE') {
        this.#move(relation, { ...relation, schemaname: newschema });
      }
    } else if ('VariableSetStmt' in node) {
      const { name, kind, args } = node.VariableSetStmt;
      if (name !== 'search_path') return;
      this.#searchPath = kind === 'VAR_SET_VALUE' ? constantsOf(args) : searchPathOf(this.#context);
    } else if ('CreateFunctionStmt' in node) {
      const name = nameParts(node.CreateFunctionStmt.funcname).at(-1) ?? '';
      this.#volatileByFunction.set(name, declaredVolatility(node.CreateFunctionStmt) === 'volatile');
    }
    for (const { table, command } of tableCommands(node)) applyTableCommand(this.table(table), command);
  }

  #rename({ relation, renameType, subname = '', newname = '' }: RenameStmt): void {
    if (!relation) return;
    if (renameType === 'OBJECT_TABLE') this.#move(relation, { ...relation, relname: newname });
    if (renameType !== 'OBJECT_COLUMN') return;
    const { columns } = this.table(relation);
    const column = columns.get(subname);
    columns.delete(subname);
    if (column) columns.set(newname, column);
  }

  #move(from: RangeVar, to: RangeVar): void {
    const table = this.table(from);
    this.#forget(from);
    this.#tables.set(this.#keys(to)[0] ?? '', table);
  }

  #create(relation: RangeVar): TableState {
    const table = blankTable('new');
    this.#tables.set(this.#keys(relation)[0] ?? '', table);
    return table;
  }

  #forget(relation: RangeVar): void {
    const key = this.#keys(relation).find((candidate) => this.#lookUp(candidate));
    if (key !== undefined) this.#tables.set(key, undefined);
  }

  #lookUp(key: string): TableState | undefined {
    if (this.#tables.has(key)) return this.#tables.get(key);
    const facts = this.#context.tables.get(key);
    const table = facts && existingTable(facts);
    if (table) this.#tables.set(key, table);
    return table;
  }

  #keys({ schemaname, relname = '' }: RangeVar): string[] {
    const schemas = schemaname === undefined ? this.#searchPath : [schemaname];
    return schemas.map((schema) => `${schema}.${relname}`);
  }
}

/** The relation that the parts of a name stand for. */
export function relationOf(parts: readonly string[]): RangeVar {
  const [relname, schemaname] = [parts.at(-1) ?? '', parts.at(-2)];
  return schemaname === undefined ? { relname } : { relname, schemaname };
}

function searchPathOf({ searchPath = DEFAULT_SEARCH_PATH }: LintContext): readonly string[] {
  return searchPath;
}

function constantsOf(nodes: readonly Node[] = []): string[] {
  return nodes.flatMap((node) => ('A_Const' in node ? (node.A_Const.sval?.sval ?? []) : []));
}
