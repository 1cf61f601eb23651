/** The roles that approve a scope, stage by stage; those of one stage together are a parallel one. */
type Chain = readonly (readonly string[])[];

/**
 * The scopes of every version: code, name, group, category, is approved by cluster, sheet of the workbook, chain.
 * Chains have 6 to 9 approvals, 7 on average.
 */
export const seedScopes: readonly (readonly [string, string, string, string, boolean, string, Chain])[] = [
  [
    'RAN',
    'Radio access',
    'RAN',
    'HARDWARE',
    true,
    'RAN_MW',
    chain('RTS ROH BO+PMO RTH_TEAM RTH NOC_HEAD CONFIG_TEAM'),
  ],
  ['MW', 'Microwave', 'MICROWAVE', 'HARDWARE', true, 'RAN_MW', chain('RTS ROH BO+PMO RTH_TEAM RTH NOC_HEAD')],
  [
    'MW_UPGRADE',
    'Microwave upgrade',
    'MICROWAVE',
    'SOFTWARE',
    false,
    'Approval_Matrix',
    chain('RTS BO PMO RTH NOC_HEAD CONFIG_TEAM'),
  ],
  [
    'PLN_UPGRADE',
    'PLN upgrade',
    'PLN',
    'HARDWARE',
    true,
    'PLN_Upgrade',
    chain('RTS ROH BO RTH_TEAM RTH PMO NOC_HEAD'),
  ],
  [
    'DISMANTLE_KEEP',
    'Dismantle, keep',
    'OTHER',
    'HARDWARE',
    true,
    'Dismantle_Keep',
    chain('RTS ROH BO RTH_TEAM RTH NOC_HEAD'),
  ],
  [
    'DISMANTLE_DROP',
    'Dismantle, drop',
    'OTHER',
    'HARDWARE',
    true,
    'Dismantle_Drop',
    chain('RTS ROH BO+PMO RTH_TEAM RTH NOC_HEAD CONFIG_TEAM OPS_HEAD'),
  ],
  [
    'VLAN_TAGGING',
    'VLAN tagging',
    'OTHER',
    'SOFTWARE',
    false,
    'Approval_Matrix',
    chain('RTS BO PMO RTH NOC_HEAD CONFIG_TEAM'),
  ],
];

function chain(text: string): Chain {
  return text.split(' ').map((stage) => stage.split('+'));
}

/** Code, name, order, stage group, is the last one, may approve in parallel. */
export const seedRoles = [
  ['RTS', 'RTS (L1)', 1, 'REVIEW', false, false],
  ['ROH', 'ROH (L2)', 2, 'REVIEW', false, false],
  ['BO', 'BO (L3)', 3, 'VALIDATION', false, true],
  ['PMO', 'PMO (L3)', 4, 'VALIDATION', false, true],
  ['RTH_TEAM', 'RTH Team (L4)', 5, 'VALIDATION', false, false],
  ['RTH', 'RTH (L5)', 6, 'SIGN', false, false],
  ['NOC_HEAD', 'NOC Head (L6)', 7, 'SIGN', false, false],
  ['CONFIG_TEAM', 'Config Team (L7)', 8, 'FINAL', true, false],
  ['OPS_HEAD', 'Operations Head (L8)', 9, 'FINAL', true, false],
] as const;

/** Code, name, type. */
export const seedVendors = [
  ['NORDLINK', 'Nordlink Systems', 'EQUIPMENT'],
  ['TELVANTA', 'Telvanta Networks', 'EQUIPMENT'],
  ['MASTWORKS', 'Mastworks', 'IMPLEMENTATION'],
  ['AERIAL', 'Aerial Field Services', 'SUBCONTRACTOR'],
  ['GRIDLAY', 'Gridlay', 'OTHER'],
] as const;

/** Code, scope, vendor or any, category, priority, code of its parent. */
export const seedPolicies: readonly (readonly [
  string,
  string,
  string | null,
  string,
  number,
  string | null,
])[] = [
  ...seedScopes.map(([code, , , category]) => [code, code, null, category, 100, null] as const),
  ['RAN-NORDLINK', 'RAN', 'NORDLINK', 'HARDWARE', 10, 'RAN'],
  ['MW-TELVANTA', 'MW', 'TELVANTA', 'HARDWARE', 10, 'MW'],
  ['RAN-BOTH', 'RAN', null, 'BOTH', 200, null],
];

export const seedRegions = ['North', 'South', 'East', 'West', 'Central'] as const;

/** Clusters of each scope that has them, and of the sites. */
export const clusterCount = 20;

/** The members of each workspace by number: role, first number, how many. */
export const seedMembers = [
  ['ADMIN', 0, 1],
  ['CONFIG_MANAGER', 1, 2],
  ['DOC_CONTROL', 3, 3],
  ['QA_ENGINEER', 6, 10],
  ['VENDOR', 16, 24],
  ['VIEWER', 40, 6],
  ['APPROVER', 46, 154],
] as const;

/** Approvers who hold a seat for the whole workspace, and those on the clusters' rosters: first number, how many. */
export const staticApprovers = { nocHead: 46, configTeam: 47, roster: { first: 60, count: 140 } } as const;
