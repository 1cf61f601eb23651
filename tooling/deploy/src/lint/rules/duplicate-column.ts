import { type Fields, isFields, nameParts, walk } from '../../sql/tree.ts';
import type { Problem, Rule } from '../rule.ts';

/** A column that a statement names twice where PostgreSQL takes it once: the statement fails. */
export const duplicateColumn: Rule = {
  name: 'duplicate-column',
  acceptable: false,
  check: ({ node }) => {
    const problems: Problem[] = [];
    walk(node, (fields, tag) => {
      for (const name of duplicates(namesIn(fields, tag))) {
        problems.push({
          severity: 'error',
          why: `The column ${name} is named twice, which PostgreSQL refuses.`,
          rewrite: 'Name each column once.',
        });
      }
    });
    return problems;
  },
};

/** The columns that an object of the parse tree gives a value to, or defines. */
function namesIn(fields: Fields, tag: string): string[] {
  switch (tag) {
    case 'UpdateStmt':
    case 'onConflictClause':
    case 'MergeWhenClause':
      return assigned(fields['targetList']);
    case 'InsertStmt':
      return assigned(fields['cols']);
    case 'CreateStmt':
      return under(fields['tableElts'], 'ColumnDef').flatMap(({ colname }) => textOf(colname));
    case 'ViewStmt':
      return fields['aliases'] === undefined ? selected(fields['query']) : nameParts(fields['aliases']);
    case 'CreateTableAsStmt': {
      const into = isFields(fields['into']) ? fields['into'] : {};
      return into['colNames'] === undefined ? selected(fields['query']) : nameParts(into['colNames']);
    }
    default:
      return [];
  }
}

/** Parts of a column (`a[1]`, `a.b`) may be assigned one after the other, and only then. */
function assigned(targets: unknown): string[] {
  const all = under(targets, 'ResTarget');
  const isWhole = (name: unknown) =>
    all.some((target) => target['name'] === name && target['indirection'] === undefined);
  return all.flatMap(({ name }) => (isWhole(name) ? textOf(name) : []));
}

/** The names of what a plain SELECT returns, as far as they are written out. */
function selected(query: unknown): string[] {
  const select = isFields(query) && isFields(query['SelectStmt']) ? query['SelectStmt'] : {};
  return under(select['targetList'], 'ResTarget').flatMap(({ name, val }) => {
    if (name !== undefined) return textOf(name);
    const column = isFields(val) && isFields(val['ColumnRef']) ? val['ColumnRef'] : undefined;
    const last = column && Array.isArray(column['fields']) ? column['fields'].at(-1) : undefined;
    return nameParts([last]);
  });
}

function under(list: unknown, tag: string): Fields[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((item: unknown): Fields[] => {
    const fields = isFields(item) ? item[tag] : undefined;
    return isFields(fields) ? [fields] : [];
  });
}

function textOf(value: unknown): string[] {
  return typeof value === 'string' ? [value] : [];
}

function duplicates(names: readonly string[]): Set<string> {
  return new Set(names.filter((name, index) => names.indexOf(name) !== index));
}
