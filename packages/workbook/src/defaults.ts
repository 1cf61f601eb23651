import type { AtpCategory } from '@apms/validators';
import { wordsOf } from './clean-text.ts';

/** What the workbook does not say and a workspace decides. */
export interface WorkspaceDefaults {
  /** Hours for a stage, and for the last stage of a chain. */
  stageSlaHours: number;
  finalStageSlaHours: number;
  /** Category of a scope by its code; for others the usual one holds. */
  scopeCategories: Readonly<Record<string, AtpCategory>>;
}

export const usualDefaults: WorkspaceDefaults = {
  stageSlaHours: 48,
  finalStageSlaHours: 24,
  scopeCategories: {},
};

const usualCategories: Readonly<Record<string, AtpCategory>> = {
  RAN: 'HARDWARE',
  MW: 'HARDWARE',
  PLN_UPGRADE: 'HARDWARE',
  MW_UPGRADE: 'SOFTWARE',
  VLAN_TAGGING: 'SOFTWARE',
};

/** The category that a scope's policies have. */
export function categoryOf(scopeCode: string, defaults: WorkspaceDefaults): AtpCategory {
  const isDismantle = wordsOf(scopeCode).includes('dismantle');
  const usual = Object.hasOwn(usualCategories, scopeCode) ? usualCategories[scopeCode] : undefined;
  const own = Object.hasOwn(defaults.scopeCategories, scopeCode)
    ? defaults.scopeCategories[scopeCode]
    : undefined;
  return own ?? usual ?? (isDismantle ? 'HARDWARE' : 'BOTH');
}
