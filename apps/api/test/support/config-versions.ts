import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { newId } from '@apms/db';
import type { ConfigSourceType, ConfigurationRows, ConfigVersionDetails, Document } from '@apms/validators';
import { writeWorkbook } from '@apms/workbook';
import type { TestApi, TestPerson, TestWorkspace } from './start-api.ts';

export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** The production workbook. */
export async function readFixture(): Promise<Uint8Array> {
  const path = '../../../../packages/workbook/test/fixtures/approval-matrix-2025-08.xlsx';
  return await readFile(fileURLToPath(new URL(path, import.meta.url)));
}

/** A configuration of one scope, two vendors and two clusters that has no finding; `change` makes it another one. */
export function smallRows(change: Partial<ConfigurationRows> = {}): ConfigurationRows {
  const stage = {
    parallelGroup: null,
    isRequired: true,
    staticUserEmail: null,
    assignmentRule: null,
  } as const;
  const seat = { scopeCode: 'RAN', sourceSheet: 'RAN_MW', sourceColumn: 'F' } as const;
  const cluster = {
    scopeCode: 'RAN',
    clusterName: null,
    region: 'NS',
    province: 'Sumatera Utara',
    city: null,
    mSequence: 'M1',
    sourceSheet: 'RAN_MW',
  } as const;
  const role = {
    hierarchyOrder: 2,
    stageGroup: 'REVIEW',
    isFinalApprover: false,
    canApproveParallel: false,
  } as const;
  return {
    scopes: [
      {
        scopeCode: 'RAN',
        scopeName: 'RAN',
        scopeGroup: 'RAN',
        atpCategory: 'HARDWARE',
        atpType: 'HARDWARE',
        requiresCluster: true,
      },
    ],
    vendors: [
      { vendorCode: 'ZTE', vendorName: 'ZTE', vendorType: 'OTHER' },
      { vendorCode: 'HTI', vendorName: 'HTI', vendorType: 'OTHER' },
    ],
    roles: [
      { ...role, roleCode: 'RTS', roleName: 'RTS' },
      { ...role, roleCode: 'NOC_HEAD', roleName: 'NOC Head', hierarchyOrder: 4, stageGroup: 'FINAL' },
    ],
    policies: [
      {
        policyCode: 'RAN-ANY',
        policyName: 'RAN',
        scopeCode: 'RAN',
        vendorCode: null,
        atpCategory: 'HARDWARE',
        fallbackPriority: 100,
        stages: [
          {
            ...stage,
            stageNumber: 1,
            sequenceOrder: 1,
            roleCode: 'RTS',
            slaHours: 48,
            assignmentMode: 'CLUSTER',
          },
          {
            ...stage,
            stageNumber: 2,
            sequenceOrder: 2,
            roleCode: 'NOC_HEAD',
            slaHours: 24,
            assignmentMode: 'STATIC_USER',
            staticUserEmail: 'citra@opco.example',
          },
        ],
      },
    ],
    clusters: [
      { ...cluster, clusterCode: 'CL-1', siteCount: 12, sourceRow: 5 },
      { ...cluster, clusterCode: 'CL-2', siteCount: 3, sourceRow: 6 },
    ],
    approvers: [
      { ...seat, clusterCode: 'CL-1', roleCode: 'RTS', rank: 1, email: 'adi@opco.example', sourceRow: 5 },
      { ...seat, clusterCode: 'CL-1', roleCode: 'RTS', rank: 2, email: 'budi@opco.example', sourceRow: 5 },
      { ...seat, clusterCode: 'CL-2', roleCode: 'RTS', rank: 1, email: 'budi@opco.example', sourceRow: 6 },
    ],
    people: [
      { email: 'adi@opco.example', name: 'Adi', phone: '+6281234567' },
      { email: 'budi@opco.example', name: 'Budi', phone: null },
      { email: 'citra@opco.example', name: 'Citra', phone: null },
    ],
    ...change,
  };
}

/** Stores a file as a document of the workspace. */
export async function insertDocument(
  { services, database }: TestApi,
  { id: workspaceId, people }: TestWorkspace,
  bytes: Uint8Array,
): Promise<Pick<Document, 'id' | 'sha256'>> {
  const stored = await services.documents.write(
    (async function* content() {
      yield bytes;
    })(),
    workspaceId,
  );
  const id = newId();
  await database.prisma.document.create({
    data: {
      id,
      workspaceId,
      name: 'matrix.xlsx',
      mediaType: XLSX,
      uploadedById: people.DOC_CONTROL.userId,
      ...stored,
    },
  });
  return { id, sha256: stored.sha256 };
}

export interface ImportOptions {
  readonly workspace?: TestWorkspace;
  readonly sourceType?: ConfigSourceType;
  readonly by?: TestPerson;
}

/** Imports rows through a workbook, as a person would. */
export async function importRows(
  api: TestApi,
  rows: ConfigurationRows,
  {
    workspace = api.workspace,
    sourceType = 'APPROVAL_MATRIX',
    by = workspace.people.CONFIG_MANAGER,
  }: ImportOptions = {},
): Promise<ConfigVersionDetails> {
  const { id: documentId } = await insertDocument(api, workspace, await writeWorkbook(rows));
  return await api.as(by).configVersions.import.mutate({ documentId, sourceType });
}
