import type { IndexStmt, Node, RangeVar, RenameStmt } from 'libpg-query';
import { nameParts } from '../sql/tree.ts';
import { tableCommands } from './alter-table.ts';
import { applyTableCommand } from './apply-table-command.ts';
import type { LintContext } from './context.ts';
import { declaredVolatility, isVolatileBuiltIn } from './function-volatility.ts';
import { madeRelation, madeType } from './made-object.ts';
import { blankTable, existingTable, type IndexState, type TableState } from './table-state.ts';

const DEFAULT_SEARCH_PATH = ['public'];

/** The target's tables and what belongs to them, changed by each pending statement in turn. */
export class PendingSchema {
  readonly #context: LintContext;
  #searchPath: readonly string[];
  /** Tables looked up or changed so far; undefined where a pending statement dropped or renamed it away. */
  readonly #tables = new Map<string, TableState | undefined>();
  readonly #volatileByFunction = new Map<string, boolean>();
  /** Indexes that pending statements made, by their name in full. */
  readonly #indexes = new Map<string, IndexState>();
  /** What is to be settled before the next deployment. */
  readonly #unsettled = new Set<TableState>();
  /** Types and schemas that pending statements made, by their own name. */
  readonly #newTypes = new Set<string>();
  readonly #newSchemas = new Set<string>();

  constructor(context: LintContext) {
    this.#context = context;
    this.#searchPath = searchPathOf(context);
  }

  /** A table as it stands now. */
  table(relation: RangeVar, ifExists = false): TableState {
    const keys = this.#keys(relation);
    for (const key of keys) {
      const table = this.#lookUp(key);
      if (table) return table;
    }
    const isKnownMissing = this.#context.tables !== undefined || keys.some((key) => this.#tables.has(key));
    if (ifExists && isKnownMissing) return blankTable('absent');
    const table = blankTable('unknown', this.#context.assumedRows);
    // What the pending statements do to it is remembered, even if nothing else is known of it.
    this.#tables.set(keys[0] ?? '', table);
    return table;
  }

  /** An index, and its table as it stands now. */
  index(index: RangeVar, ifExists = false): IndexState {
    for (const key of this.#keys(index)) {
      const made = this.#indexes.get(key);
      if (made) return made;
      const facts = this.#context.indexes?.get(key);
      if (facts) return { table: this.table(relationOf(splitKey(facts.table))), columns: facts.columns };
    }
    const isAbsent = ifExists && this.#context.indexes !== undefined;
    const table = blankTable(isAbsent ? 'absent' : 'unknown', this.#context.assumedRows);
    return { table, columns: [] };
  }

  /** Whether a pending statement made the type of that name. */
  isNewType(name: string): boolean {
    return this.#newTypes.has(name);
  }

  /** Whether a pending statement made the schema of that name. */
  isNewSchema(name: string): boolean {
    return this.#newSchemas.has(name);
  }

  /** Whether a function may give another result at each call. */
  isVolatile(name: string): boolean {
    return (
      this.#volatileByFunction.get(name) ??
      this.#context.volatileFunctions?.has(name) ??
      isVolatileBuiltIn(name)
    );
  }

  /** What the statements so far made is there when the next ones are deployed, and has rows by then. */
  settle(): void {
    for (const table of this.#unsettled) {
      if (table.origin === 'new')
        Object.assign(table, { origin: 'existing', rows: this.#context.assumedRows });
      table.addedNotValid.clear();
      table.lockedBy = undefined;
    }
    this.#unsettled.clear();
    this.#newTypes.clear();
    this.#newSchemas.clear();
    this.#searchPath = searchPathOf(this.#context);
  }

  /** Changes the tables as a statement will. */
  apply(node: Node): void {
    const made = madeRelation(node);
    if (made) {
      if (made.ifNotExists && this.table(made.relation).origin !== 'unknown') return;
      this.#tables.set(this.#keys(made.relation)[0] ?? '', made.table);
      this.#unsettled.add(made.table);
    }
    const type = madeType(node);
    if (type !== undefined) this.#newTypes.add(type);
    if ('CreateSchemaStmt' in node) {
      this.#newSchemas.add(node.CreateSchemaStmt.schemaname ?? '');
    } else if ('IndexStmt' in node) {
      this.#addIndex(node.IndexStmt);
    } else if ('DropStmt' in node) {
      if (!['OBJECT_TABLE', 'OBJECT_MATVIEW'].includes(node.DropStmt.removeType ?? '')) return;
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
    for (const { table, command } of tableCommands(node)) {
      const target = this.table(table);
      this.#unsettled.add(target);
      applyTableCommand(target, command);
    }
  }

  /** An index lies in its table's schema. */
  #addIndex({ idxname, relation, indexParams = [] }: IndexStmt): void {
    if (!relation || idxname === undefined) return;
    const table = this.table(relation);
    const key = this.#keys(relation).find((candidate) => this.#lookUp(candidate) === table);
    const [schema] = splitKey(key ?? '');
    const columns = indexParams.flatMap((param) =>
      'IndexElem' in param ? (param.IndexElem.name ?? []) : [],
    );
    this.#indexes.set(`${schema}.${idxname}`, { table, columns });
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

  #forget(relation: RangeVar): void {
    const key = this.#keys(relation).find((candidate) => this.#lookUp(candidate));
    if (key !== undefined) this.#tables.set(key, undefined);
  }

  #lookUp(key: string): TableState | undefined {
    if (this.#tables.has(key)) return this.#tables.get(key);
    const facts = this.#context.tables?.get(key);
    const table = facts && existingTable(facts, this.#context.assumedRows);
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

/** Schema and name; a schema's own name has no dot in practice, a table's may. */
function splitKey(key: string): [schema: string, name: string] {
  const dot = key.indexOf('.');
  return [key.slice(0, dot), key.slice(dot + 1)];
}

function searchPathOf({ searchPath = DEFAULT_SEARCH_PATH }: LintContext): readonly string[] {
  return searchPath;
}

function constantsOf(nodes: readonly Node[] = []): string[] {
  return nodes.flatMap((node) => ('A_Const' in node ? (node.A_Const.sval?.sval ?? []) : []));
}
