import type { Node } from 'libpg-query';
import { nameParts } from '../../sql/tree.ts';
import type { Rule } from '../rule.ts';

const KINDS: Readonly<Record<string, string>> = {
  OBJECT_VIEW: 'view',
  OBJECT_MATVIEW: 'materialized view',
  OBJECT_FOREIGN_TABLE: 'foreign table',
  OBJECT_FUNCTION: 'function',
  OBJECT_PROCEDURE: 'procedure',
  OBJECT_ROUTINE: 'routine',
  OBJECT_SEQUENCE: 'sequence',
  OBJECT_TYPE: 'type',
  OBJECT_DOMAIN: 'domain',
};

/** A view, function, sequence or type dropped for good, which the running application may use. */
export const dropObject: Rule = {
  name: 'drop-object',
  acceptable: true,
  check: ({ node }, { made }) => {
    if (!('DropStmt' in node)) return [];
    const kind = KINDS[node.DropStmt.removeType ?? ''];
    if (kind === undefined) return [];
    return (node.DropStmt.objects ?? []).flatMap((object) => {
      const name = nameOfObject(object);
      // Made before it is nobody's yet; made afterwards it is replaced.
      if (made.has(name)) return [];
      return [
        {
          severity: 'warning' as const,
          why: `The ${kind} ${name} is gone from the commit on, and whatever uses it in the running application fails.`,
          rewrite:
            'First deploy an application that no longer uses it, then drop it in a later deployment and accept this finding: -- deploy:allow drop-object REASON.',
        },
      ];
    });
  },
};

/** A function is named with its arguments, a type as a type. */
function nameOfObject(object: Node): string {
  if ('ObjectWithArgs' in object) return nameParts(object.ObjectWithArgs.objname).at(-1) ?? '';
  if ('TypeName' in object) return nameParts(object.TypeName.names).at(-1) ?? '';
  return nameParts(object).at(-1) ?? '';
}
