import { type Fields, isFields, walk } from '../../sql/tree.ts';
import type { Problem, Rule } from '../rule.ts';

interface Feature {
  what: string;
  since: number;
}

/** Syntax that this parser, of the newest version, takes, and an older server does not. */
const FEATURES: Readonly<Record<string, (fields: Fields) => Feature | undefined>> = {
  MergeStmt: ({ returningClause, mergeWhenClauses }) => {
    if (returningClause !== undefined) return { what: 'MERGE … RETURNING', since: 17 };
    const bySource = JSON.stringify(mergeWhenClauses).includes('BY_SOURCE');
    return bySource ? { what: 'WHEN NOT MATCHED BY SOURCE', since: 17 } : { what: 'MERGE', since: 15 };
  },
  Constraint: (fields) => {
    const { contype, generated_kind: kind, nulls_not_distinct: nullsNotDistinct } = fields;
    if (contype === 'CONSTR_NOTNULL' && fields['keys'] !== undefined)
      return { what: 'a NOT NULL constraint of a table', since: 18 };
    if (contype === 'CONSTR_GENERATED' && kind === 'v')
      return { what: 'a virtual generated column', since: 18 };
    if (contype === 'CONSTR_ATTR_NOT_ENFORCED' || isUnenforcedCheck(fields))
      return { what: 'NOT ENFORCED', since: 18 };
    if (fields['without_overlaps'] === true) return { what: 'WITHOUT OVERLAPS', since: 18 };
    if (fields['fk_with_period'] === true) return { what: 'PERIOD', since: 18 };
    return nullsNotDistinct === true ? { what: 'NULLS NOT DISTINCT', since: 15 } : undefined;
  },
  IndexStmt: ({ nulls_not_distinct: nullsNotDistinct }) =>
    nullsNotDistinct === true ? { what: 'NULLS NOT DISTINCT', since: 15 } : undefined,
  AlterTableCmd: ({ subtype }) => {
    if (subtype === 'AT_SetExpression') return { what: 'SET EXPRESSION', since: 17 };
    return subtype === 'AT_SetAccessMethod' ? { what: 'SET ACCESS METHOD', since: 15 } : undefined;
  },
  returningClause: (fields) =>
    isFields(fields) && fields['options'] !== undefined
      ? { what: 'RETURNING WITH (OLD AS …, NEW AS …)', since: 18 }
      : undefined,
  JsonTable: () => ({ what: 'JSON_TABLE', since: 17 }),
  JsonFuncExpr: () => ({ what: 'a JSON query function', since: 17 }),
  JsonObjectConstructor: () => ({ what: 'JSON_OBJECT', since: 16 }),
  JsonArrayConstructor: () => ({ what: 'JSON_ARRAY', since: 16 }),
};

function isUnenforcedCheck(fields: Fields): boolean {
  return fields['contype'] === 'CONSTR_CHECK' && fields['is_enforced'] !== true;
}

/** Syntax that the server does not know yet: the statement fails. */
export const newerThanServer: Rule = {
  name: 'newer-than-server',
  // In a block that looks at the version first it may never run.
  acceptable: true,
  check: ({ node }, { serverVersion }) => {
    if (serverVersion === undefined) return [];
    const problems = new Map<string, Problem>();
    walk(node, (fields, tag) => {
      const feature = FEATURES[tag]?.(fields);
      if (feature === undefined || feature.since <= serverVersion) return;
      problems.set(feature.what, {
        severity: 'error',
        why: `PostgreSQL ${serverVersion} does not know ${feature.what}, which came with ${feature.since}.`,
        rewrite:
          'Write it in a way that the oldest server knows to which this is deployed, or update that first.',
      });
    });
    return [...problems.values()];
  },
};
