import type { Node } from 'libpg-query';
import { nameParts } from '../../sql/tree.ts';
import type { Rule } from '../rule.ts';

const SETTING = 'lock_timeout';

/** The deployment's limit on waiting for locks taken away: the application would queue behind the migration. */
export const lockTimeout: Rule = {
  name: 'lock-timeout',
  acceptable: true,
  check: ({ node }) => {
    const how = howRemoved(node);
    if (how === undefined) return [];
    return [
      {
        severity: 'error',
        why: `${how} takes away the time for which a statement of this deployment may wait for a lock. While one waits, everybody who comes later waits behind it.`,
        rewrite:
          'Leave it out: the deployment limits each wait and tries again. How long it waits is lockTimeoutMs of deploy.config.ts.',
      },
    ];
  },
};

function howRemoved(node: Node): string | undefined {
  if ('VariableSetStmt' in node) {
    const { kind, name, args = [] } = node.VariableSetStmt;
    if (kind === 'VAR_RESET_ALL') return 'RESET ALL';
    if (name !== SETTING) return undefined;
    return kind !== 'VAR_SET_VALUE' || args.some(isZero) ? 'Setting lock_timeout so' : undefined;
  }
  if (!('SelectStmt' in node)) return undefined;
  for (const target of node.SelectStmt.targetList ?? []) {
    const call = 'ResTarget' in target && target.ResTarget.val;
    if (!call || !('FuncCall' in call) || nameParts(call.FuncCall.funcname).at(-1) !== 'set_config') continue;
    const [setting, value] = call.FuncCall.args ?? [];
    const name = setting && 'A_Const' in setting ? setting.A_Const.sval?.sval : undefined;
    if (name === SETTING && value && isZero(value)) return 'set_config';
  }
  return undefined;
}

/** Zero, in whatever unit, means no limit; the parse tree leaves the figure out of it. */
function isZero(node: Node): boolean {
  if (!('A_Const' in node)) return false;
  const { ival, sval } = node.A_Const;
  if (ival) return (ival.ival ?? 0) === 0;
  return sval !== undefined && Number.parseFloat(sval.sval ?? '') === 0;
}
