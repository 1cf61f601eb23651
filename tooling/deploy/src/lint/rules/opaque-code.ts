import { readCodeBlock } from '../code-block.ts';
import type { Rule } from '../rule.ts';

/** Code whose statements cannot be read before it runs. */
export const opaqueCode: Rule = {
  name: 'opaque-code',
  acceptable: true,
  check: (statement) => {
    if (statement.kind !== 'CallStmt' && !readCodeBlock(statement)?.isOpaque) return [];
    return [
      {
        severity: 'notice',
        why: 'What this code does is only known when it runs, so that the lint cannot judge it. The rehearsal does run it.',
        rewrite:
          'Write plain statements where that is possible; IF NOT EXISTS and IF EXISTS often serve instead of a code block.',
      },
    ];
  },
};
