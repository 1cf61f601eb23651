import type { Node } from 'libpg-query';
import { nameParts } from '../../sql/tree.ts';
import type { Rule } from '../rule.ts';

/** A setting that outlives its migration and changes what the ones after it mean. */
export const sessionSetting: Rule = {
  name: 'session-setting',
  acceptable: true,
  check: ({ node }) => {
    const name = settingChanged(node);
    if (name === undefined) return [];
    return [
      {
        severity: 'warning',
        why: `${name} stays set for the migrations after this one, which run in the same session.`,
        rewrite: `SET LOCAL ${name} = …; it ends with the transaction. Better still, name schemas in full instead of setting search_path.`,
      },
    ];
  },
};

function settingChanged(node: Node): string | undefined {
  if ('VariableSetStmt' in node) {
    const { kind, name, is_local: isLocal } = node.VariableSetStmt;
    return kind === 'VAR_SET_VALUE' && !isLocal ? name : undefined;
  }
  if (!('SelectStmt' in node)) return undefined;
  for (const target of node.SelectStmt.targetList ?? []) {
    const call = 'ResTarget' in target && target.ResTarget.val;
    if (!call || !('FuncCall' in call) || nameParts(call.FuncCall.funcname).at(-1) !== 'set_config') continue;
    const [setting, , isLocal] = call.FuncCall.args ?? [];
    const local = isLocal && 'A_Const' in isLocal && isLocal.A_Const.boolval?.boolval === true;
    if (!local) return (setting && 'A_Const' in setting && setting.A_Const.sval?.sval) || 'A setting';
  }
  return undefined;
}
