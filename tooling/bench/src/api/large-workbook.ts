import type { ConfigurationRows } from '@apms/validators';
import { writeWorkbook } from '@apms/workbook';

const PEOPLE = 500;
const SEATS_EACH = 3;

/** A workbook of about so many rows: clusters, each with three people of the seat that decides for it. */
export async function largeWorkbook(rowCount: number): Promise<Uint8Array> {
  const clusterCount = Math.floor(rowCount / (1 + SEATS_EACH));
  const source = { sourceSheet: 'RAN_MW', scopeCode: 'RAN' };
  const codes = Array.from({ length: clusterCount }, (_, index) => `CL-${index}`);
  const emails = Array.from({ length: PEOPLE }, (_, index) => `person-${index}@opco.example`);
  const rows: ConfigurationRows = {
    scopes: [
      {
        scopeCode: 'RAN',
        scopeName: 'Radio access',
        scopeGroup: 'RAN',
        atpCategory: 'HARDWARE',
        atpType: 'HARDWARE',
        requiresCluster: true,
      },
    ],
    vendors: [],
    roles: [
      {
        roleCode: 'RTS',
        roleName: 'RTS',
        hierarchyOrder: 1,
        stageGroup: 'FINAL',
        isFinalApprover: true,
        canApproveParallel: false,
      },
    ],
    policies: [
      {
        policyCode: 'RAN',
        policyName: 'Radio access',
        scopeCode: 'RAN',
        vendorCode: null,
        atpCategory: 'HARDWARE',
        fallbackPriority: 100,
        stages: [
          {
            stageNumber: 1,
            sequenceOrder: 1,
            roleCode: 'RTS',
            parallelGroup: null,
            isRequired: true,
            slaHours: 24,
            assignmentMode: 'CLUSTER',
            staticUserEmail: null,
            assignmentRule: null,
          },
        ],
      },
    ],
    clusters: codes.map((clusterCode, index) => ({
      ...source,
      clusterCode,
      clusterName: `Cluster ${index}`,
      region: `Region ${index % 10}`,
      province: `Province ${index % 40}`,
      city: `City ${index % 400}`,
      mSequence: `M${index % 12}`,
      siteCount: index % 30,
      sourceRow: index + 5,
    })),
    approvers: codes.flatMap((clusterCode, index) =>
      Array.from({ length: SEATS_EACH }, (_, seat) => ({
        ...source,
        clusterCode,
        roleCode: 'RTS',
        rank: seat + 1,
        email: emails[(index * SEATS_EACH + seat) % PEOPLE] ?? '',
        sourceRow: index + 5,
        sourceColumn: 'F',
      })),
    ),
    people: emails.map((email, index) => ({ email, name: `Person ${index}`, phone: `+6281${index}` })),
  };
  return await writeWorkbook(rows);
}
