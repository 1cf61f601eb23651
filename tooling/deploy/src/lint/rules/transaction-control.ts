import type { Statement } from '../../sql/parse.ts';
import { readCodeBlock } from '../code-block.ts';
import type { Rule } from '../rule.ts';

const ALLOWED = new Set(['TRANS_STMT_SAVEPOINT', 'TRANS_STMT_RELEASE', 'TRANS_STMT_ROLLBACK_TO']);

/** BEGIN, COMMIT and the like: they would end the deployment's own transaction in its middle. */
export const transactionControl: Rule = {
  name: 'transaction-control',
  acceptable: false,
  check: (statement) => {
    const found = transactionCommand(statement);
    if (found === undefined) return [];
    return [
      {
        severity: 'error',
        why: `${found} inside a migration ends or changes the transaction in which the whole deployment can be rolled back.`,
        rewrite:
          'Leave it out: the deployment opens one transaction around all pending migrations and commits it at the end.',
      },
    ];
  },
};

function transactionCommand(statement: Statement): string | undefined {
  const { node } = statement;
  if ('TransactionStmt' in node) {
    const { kind = 'TRANS_STMT_BEGIN' } = node.TransactionStmt;
    return ALLOWED.has(kind) ? undefined : kind.replace('TRANS_STMT_', '').replaceAll('_', ' ');
  }
  if ('VariableSetStmt' in node) {
    const { kind, name } = node.VariableSetStmt;
    return kind === 'VAR_SET_MULTI' && name === 'TRANSACTION' ? 'SET TRANSACTION' : undefined;
  }
  return readCodeBlock(statement)?.controlsTransaction ? 'COMMIT or ROLLBACK in a DO block' : undefined;
}
