import { wordsOf } from '../clean-text.ts';

/** How a column's cells are read: text, an e-mail address in any case, a whole number, TRUE or FALSE, or JSON. */
export type CellKind = 'text' | 'email' | 'number' | 'boolean' | 'json';

/** One sheet of an exported workbook: its columns by field, in order. */
export interface TableLayout {
  sheet: string;
  fields: Readonly<Record<string, CellKind>>;
  /** Columns that may be missing; a blank cell is a field left out. */
  optional: Readonly<Record<string, CellKind>>;
}

/** What stages name their policy by. */
export const policyKey = ['scopeCode', 'vendorCode', 'atpCategory'] as const;

/** The sheets of an exported workbook: one row of the sheet is one row of the configuration. */
export const tableLayouts = {
  scopes: {
    sheet: 'Scopes',
    fields: {
      scopeCode: 'text',
      scopeName: 'text',
      scopeGroup: 'text',
      atpCategory: 'text',
      atpType: 'text',
      requiresCluster: 'boolean',
    },
    optional: { isActive: 'boolean' },
  },
  vendors: {
    sheet: 'Vendors',
    fields: { vendorCode: 'text', vendorName: 'text', vendorType: 'text' },
    optional: { contactEmail: 'text', isActive: 'boolean' },
  },
  roles: {
    sheet: 'Roles',
    fields: {
      roleCode: 'text',
      roleName: 'text',
      hierarchyOrder: 'number',
      stageGroup: 'text',
      isFinalApprover: 'boolean',
      canApproveParallel: 'boolean',
    },
    optional: {},
  },
  policies: {
    sheet: 'Policies',
    fields: {
      policyCode: 'text',
      policyName: 'text',
      scopeCode: 'text',
      vendorCode: 'text',
      atpCategory: 'text',
      fallbackPriority: 'number',
    },
    optional: { parentPolicyCode: 'text', isActive: 'boolean' },
  },
  stages: {
    sheet: 'Stages',
    fields: {
      scopeCode: 'text',
      vendorCode: 'text',
      atpCategory: 'text',
      stageNumber: 'number',
      sequenceOrder: 'number',
      roleCode: 'text',
      parallelGroup: 'number',
      isRequired: 'boolean',
      slaHours: 'number',
      assignmentMode: 'text',
      staticUserEmail: 'email',
      assignmentRule: 'json',
    },
    optional: {},
  },
  clusters: {
    sheet: 'Clusters',
    fields: {
      scopeCode: 'text',
      clusterCode: 'text',
      clusterName: 'text',
      region: 'text',
      province: 'text',
      city: 'text',
      mSequence: 'text',
      siteCount: 'number',
      sourceSheet: 'text',
      sourceRow: 'number',
    },
    optional: {},
  },
  approvers: {
    sheet: 'Approvers',
    fields: {
      scopeCode: 'text',
      clusterCode: 'text',
      roleCode: 'text',
      rank: 'number',
      email: 'email',
      sourceSheet: 'text',
      sourceRow: 'number',
      sourceColumn: 'text',
    },
    optional: { effectiveFrom: 'text', effectiveTo: 'text' },
  },
  people: { sheet: 'People', fields: { email: 'email', name: 'text', phone: 'text' }, optional: {} },
} as const satisfies Readonly<Record<string, TableLayout>>;

export type TableName = keyof typeof tableLayouts;

/** Header of a field's column: `scopeCode` is `Scope code`. */
export function headerOf(field: string): string {
  const words = field.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What headers are compared by, so that their spelling may vary in case and punctuation. */
export function headerKey(header: string): string {
  return wordsOf(header).join(' ');
}
