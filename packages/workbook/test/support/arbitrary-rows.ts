import {
  type ApproverRow,
  AssignmentMode,
  AtpCategory,
  type ConfigurationRows,
  ScopeGroup,
  StageGroup,
  VendorType,
} from '@apms/validators';
import * as fc from 'fast-check';

const awkward = [
  '=1+1',
  '@SUM(A1)',
  '+62',
  '-1',
  "'quoted",
  ' padded ',
  '\ttab',
  'two\nlines',
  'carriage\r\nreturn',
  'TRUE',
  '1e3',
  '007',
  '_x0041_',
  '_x0041\u0001',
  '_x005F_x0041_',
  '\u0001\uffff',
  '<&>"]]>',
  '\u00a0',
  '🏗',
  '\u{10fffe}_',
  '\ufffd\ufdd0',
  'null',
  '#REF!',
];
const text = fc.oneof(
  fc.constantFrom(...awkward),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 12 }).filter((value) => !value.includes('\u0000')),
);
const optionalText = fc.option(text);
const position = fc.integer({ min: 1, max: 2_147_483_647 });
const count = fc.integer({ min: 0, max: 2_147_483_647 });
const email = fc
  .oneof(
    fc.emailAddress(),
    text.map((value) => `${value.replaceAll('@', '')}x@y.example`),
  )
  .map((value) => value.toLowerCase())
  .filter((value) => value === value.toLowerCase());
const rule = fc.jsonValue({ maxDepth: 3 }).filter((value) => !JSON.stringify(value).includes('\\u0000'));
const day = fc
  .date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const category = fc.constantFrom(...AtpCategory.options);

const scope = fc.record(
  {
    scopeCode: text,
    scopeName: text,
    scopeGroup: fc.constantFrom(...ScopeGroup.options),
    atpCategory: category,
    atpType: category,
    requiresCluster: fc.boolean(),
    isActive: fc.boolean(),
  },
  { requiredKeys: ['scopeCode', 'scopeName', 'scopeGroup', 'atpCategory', 'atpType', 'requiresCluster'] },
);
const vendor = fc.record(
  {
    vendorCode: text,
    vendorName: text,
    vendorType: fc.constantFrom(...VendorType.options),
    isActive: fc.boolean(),
    contactEmail: text,
  },
  { requiredKeys: ['vendorCode', 'vendorName', 'vendorType'] },
);
const role = fc.record({
  roleCode: text,
  roleName: text,
  hierarchyOrder: position,
  stageGroup: fc.constantFrom(...StageGroup.options),
  isFinalApprover: fc.boolean(),
  canApproveParallel: fc.boolean(),
});
const person = fc.record({ email, name: text, phone: optionalText });
const masters = fc.record({
  scopes: unique(scope, (row) => row.scopeCode),
  vendors: unique(vendor, (row) => row.vendorCode),
  roles: unique(role, (row) => row.roleCode),
  people: unique(person, (row) => row.email),
});

/** Any configuration that the database can hold: unique natural keys, every reference there, any text. */
export const configurationRows: fc.Arbitrary<ConfigurationRows> = masters.chain((found) => {
  const scopeCode = oneOf(found.scopes.map((row) => row.scopeCode));
  const roleCode = oneOf(found.roles.map((row) => row.roleCode));
  const personEmail = oneOf(found.people.map((row) => row.email));
  const stage = fc.record({
    stageNumber: position,
    sequenceOrder: position,
    roleCode,
    parallelGroup: fc.option(position),
    isRequired: fc.boolean(),
    slaHours: position,
    assignmentMode: fc.constantFrom(...AssignmentMode.options),
    staticUserEmail: fc.option(personEmail),
    assignmentRule: fc.option(rule).map((value) => JSON.parse(JSON.stringify(value).replaceAll('-0', '0'))),
  });
  const policy = fc.record(
    {
      policyCode: text,
      policyName: text,
      scopeCode,
      vendorCode: fc.option(oneOf(found.vendors.map((row) => row.vendorCode))),
      atpCategory: category,
      fallbackPriority: position,
      stages: unique(stage, (row) => `${row.stageNumber} ${row.roleCode}`, 0),
      isActive: fc.boolean(),
      parentPolicyCode: text,
    },
    {
      requiredKeys: [
        'policyCode',
        'policyName',
        'scopeCode',
        'vendorCode',
        'atpCategory',
        'fallbackPriority',
        'stages',
      ],
    },
  );
  const cluster = fc.record({
    scopeCode,
    clusterCode: text,
    clusterName: optionalText,
    region: optionalText,
    province: optionalText,
    city: optionalText,
    mSequence: optionalText,
    siteCount: count,
    sourceSheet: optionalText,
    sourceRow: fc.option(position),
  });
  const approver = fc.record(
    {
      roleCode,
      rank: position,
      email: personEmail,
      sourceSheet: optionalText,
      sourceRow: fc.option(position),
      sourceColumn: optionalText,
      effectiveFrom: day,
      effectiveTo: day,
    },
    { requiredKeys: ['roleCode', 'rank', 'email', 'sourceSheet', 'sourceRow', 'sourceColumn'] },
  );
  const seats = unique(approver, (row) => `${row.rank} ${row.roleCode}`, 0);
  return fc
    .record({
      policies: unique(policy, (row) => JSON.stringify([row.scopeCode, row.vendorCode, row.atpCategory]), 0),
      clusters: unique(
        fc.tuple(cluster, seats),
        ([row]) => JSON.stringify([row.scopeCode, row.clusterCode]),
        0,
      ),
    })
    .map(({ policies, clusters }) => ({
      ...found,
      policies,
      clusters: clusters.map(([row]) => row),
      approvers: clusters.flatMap(([row, own]) =>
        own.map((one): ApproverRow => ({ scopeCode: row.scopeCode, clusterCode: row.clusterCode, ...one })),
      ),
    }));
});

function unique<Row>(
  row: fc.Arbitrary<Row>,
  selector: (row: Row) => string,
  minLength = 1,
): fc.Arbitrary<Row[]> {
  return fc.uniqueArray(row, { selector, minLength, maxLength: 5 });
}

function oneOf(values: readonly string[]): fc.Arbitrary<string> {
  return fc.constantFrom(...values);
}
