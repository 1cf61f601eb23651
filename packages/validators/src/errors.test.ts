import * as fc from 'fast-check';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { type AppErrorCode, AppErrorData, type AppErrorOf } from './errors.ts';

const id = '0198c0de-0000-7000-8000-000000000001';

const examples: { [Code in AppErrorCode]: AppErrorOf<Code> } = {
  PERMISSION_DENIED: { code: 'PERMISSION_DENIED', permission: 'configVersions.activate' },
  WORKSPACE_NOT_FOUND: { code: 'WORKSPACE_NOT_FOUND', workspaceId: id },
  REFERENCE_NOT_FOUND: { code: 'REFERENCE_NOT_FOUND', entity: 'workflow', field: 'siteId', id },
  CONFIG_VERSION_NOT_FOUND: { code: 'CONFIG_VERSION_NOT_FOUND', configVersionId: id },
  CONFIG_VERSION_NOT_DRAFT: { code: 'CONFIG_VERSION_NOT_DRAFT', configVersionId: id, status: 'ARCHIVED' },
  CONFIG_VERSION_ACTIVE: { code: 'CONFIG_VERSION_ACTIVE', configVersionId: id },
  CONFIG_VERSION_NOT_VALID: {
    code: 'CONFIG_VERSION_NOT_VALID',
    configVersionId: id,
    validationStatus: 'INVALID',
  },
  CONFIG_VERSION_UNCHANGED: {
    code: 'CONFIG_VERSION_UNCHANGED',
    sourceType: 'APPROVAL_MATRIX',
    activeVersionNumber: 7,
  },
  CONFIG_VERSION_CONFLICT: { code: 'CONFIG_VERSION_CONFLICT', sourceType: 'APPROVAL_MATRIX' },
  POLICY_NOT_FOUND: {
    code: 'POLICY_NOT_FOUND',
    configVersionId: id,
    scopeCode: 'RAN',
    vendorCode: null,
    atpCategory: 'HARDWARE',
  },
  WORKFLOW_NOT_FOUND: { code: 'WORKFLOW_NOT_FOUND', workflowId: id },
  STAGE_NOT_PENDING: { code: 'STAGE_NOT_PENDING', stageId: id, status: 'APPROVED' },
};

describe('AppErrorData', () => {
  it.each(Object.values(examples))('survives the wire: $code', (data) => {
    expect(AppErrorData.parse(JSON.parse(JSON.stringify(data)))).toEqual(data);
  });

  it.each(Object.values(examples))('is refused without its facts: $code', ({ code }) => {
    expect(AppErrorData.safeParse({ code }).success).toBe(false);
  });

  it('refuses every other code', () => {
    fc.assert(
      fc.property(fc.string(), (code) => {
        fc.pre(!Object.hasOwn(examples, code));
        expect(AppErrorData.safeParse({ code }).success).toBe(false);
      }),
    );
  });

  it('is narrowed by its code alone', () => {
    expectTypeOf<AppErrorOf<'STAGE_NOT_PENDING'>['status']>().toEqualTypeOf<
      'WAITING' | 'PENDING' | 'APPROVED' | 'APPROVED_WITH_PUNCHLIST' | 'REJECTED' | 'SKIPPED' | 'CANCELLED'
    >();
    expectTypeOf<AppErrorOf<'POLICY_NOT_FOUND'>['vendorCode']>().toEqualTypeOf<string | null>();
  });
});
