import { readFileSync } from 'node:fs';
import { ConfigurationRows } from '@apms/validators';
import { describe, expect, it } from 'vitest';
import { readWorkbook, usualDefaults, writeWorkbook } from './index.ts';

const fixture = readFileSync(new URL('../test/fixtures/approval-matrix-2025-08.xlsx', import.meta.url));
const { rows, findings, sheets } = await readWorkbook(fixture, { defaults: usualDefaults });

/** Figures of test/hand-count.py, which reads the file in another way. */
const handCount = [
  {
    scopeCode: 'RAN',
    clusters: 1757,
    sites: 48_823,
    people: 110,
    seats: { RTS: 1757, RTH_TEAM: 1757, RTH: 1775 },
  },
  {
    scopeCode: 'MW',
    clusters: 1757,
    sites: 48_823,
    people: 110,
    seats: { RTS: 1757, RTH_TEAM: 1757, RTH: 1775 },
  },
  {
    scopeCode: 'PLN_UPGRADE',
    clusters: 1757,
    sites: 48_823,
    people: 56,
    seats: { ROH: 1757, RTH_TEAM: 1757 },
  },
  {
    scopeCode: 'DISMANTLE_DROP',
    clusters: 1502,
    sites: 17_502,
    people: 97,
    seats: { RTS: 1502, RTH_TEAM: 1518, PMO: 1502 },
  },
  {
    scopeCode: 'DISMANTLE_KEEP',
    clusters: 1502,
    sites: 17_502,
    people: 55,
    seats: { ROH: 3654, RTH_TEAM: 1518 },
  },
];

describe('the production workbook', () => {
  it('has the sheets that it has', () => {
    expect(sheets).toEqual([
      { name: 'RAN_MW', kind: 'ROSTER', rowCount: 2178 },
      { name: 'PLN_Upgrade', kind: 'ROSTER', rowCount: 2178 },
      { name: 'Dismantle_Drop', kind: 'ROSTER', rowCount: 1592 },
      { name: 'Dismantle_Keep', kind: 'ROSTER', rowCount: 1592 },
      { name: 'Approval_Matrix', kind: 'MATRIX', rowCount: 10 },
    ]);
  });

  it.each(handCount)('holds the clusters and approvers of $scopeCode that a hand count gives', (counted) => {
    const clusters = rows.clusters.filter((row) => row.scopeCode === counted.scopeCode);
    const approvers = rows.approvers.filter((row) => row.scopeCode === counted.scopeCode);
    const bySeat = Map.groupBy(approvers, (row) => row.roleCode);
    expect({
      scopeCode: counted.scopeCode,
      clusters: clusters.length,
      sites: clusters.reduce((sum, row) => sum + row.siteCount, 0),
      people: new Set(approvers.map((row) => row.email)).size,
      seats: Object.fromEntries([...bySeat].map(([roleCode, seat]) => [roleCode, seat.length])),
    }).toEqual(counted);
  });

  it('holds 157 people with phones of one form', () => {
    expect(rows.people).toHaveLength(157);
    for (const { phone } of rows.people) expect(phone).toMatch(/^\+62[1-9]\d{7,11}$/);
  });

  it('holds a chain for each scope and vendor', () => {
    const chains = rows.policies.map(({ policyCode, atpCategory, stages }) => {
      return [policyCode, atpCategory, stages.map((stage) => stage.roleCode).join(' ')].join(': ');
    });
    const expected: [string, string[], string][] = [
      ['RAN', ['ZTE', 'HTI', 'AVIAT'], 'HARDWARE: RTS RTH_TEAM RTH'],
      ['PLN_UPGRADE', ['ZTE', 'HTI', 'AVIAT'], 'HARDWARE: ROH RTH_TEAM'],
      ['DISMANTLE_KEEP', ['ZTE', 'HTI', 'AVIAT'], 'HARDWARE: ROH RTH_TEAM'],
      ['DISMANTLE_DROP', ['ZTE', 'HTI', 'AVIAT'], 'HARDWARE: RTS RTH_TEAM PMO'],
      ['MW', ['ZTE', 'HTI', 'ALITA', 'AVIAT'], 'HARDWARE: RTS RTH_TEAM RTH'],
      ['MW_UPGRADE', ['ZTE', 'HTI', 'ALITA', 'AVIAT'], 'SOFTWARE: BO NOC_HEAD'],
      ['VLAN_TAGGING', ['ZTE', 'HTI', 'AVIAT', 'LTE'], 'SOFTWARE: BO CONFIG_TEAM'],
    ];
    expect(chains).toEqual(
      expected.flatMap(([scope, vendors, chain]) => vendors.map((vendor) => `${scope}-${vendor}: ${chain}`)),
    );
    expect(rows.scopes.map((scope) => scope.scopeCode).slice(-3)).toEqual([
      'IPRAN',
      'IBS_LAMP_SITE',
      'MINI_CME',
    ]);
  });

  it('asks the roster where there is one, with less time for the last stage', () => {
    const stages = (code: string) =>
      rows.policies
        .find((policy) => policy.policyCode === code)
        ?.stages.map((stage) => [stage.stageNumber, stage.assignmentMode, stage.slaHours]);
    expect(stages('RAN-ZTE')).toEqual([
      [1, 'CLUSTER', 48],
      [2, 'CLUSTER', 48],
      [3, 'CLUSTER', 24],
    ]);
    expect(stages('VLAN_TAGGING-LTE')).toEqual([
      [1, 'AUTO', 48],
      [2, 'AUTO', 24],
    ]);
  });

  it('can be activated: every irregularity is a warning', () => {
    const counts = Map.groupBy(findings, (finding) => `${finding.sheet} ${finding.code} ${finding.column}`);
    expect(findings.filter((finding) => finding.severity === 'ERROR')).toEqual([]);
    expect(Object.fromEntries([...counts].map(([key, group]) => [key, group.length]))).toEqual({
      'RAN_MW CLUSTER_CONFLICT E': 96,
      'RAN_MW CLUSTER_CONFLICT G': 15,
      'RAN_MW PERSON_CONFLICT F': 2,
      'RAN_MW PERSON_CONFLICT G': 2,
      'PLN_Upgrade CLUSTER_CONFLICT E': 96,
      'PLN_Upgrade CLUSTER_CONFLICT G': 15,
      'PLN_Upgrade PERSON_CONFLICT F': 1,
      'Dismantle_Drop CLUSTER_CONFLICT D': 90,
      'Dismantle_Drop CLUSTER_CONFLICT F': 21,
      'Dismantle_Drop CLUSTER_SIMILAR B': 16,
      'Dismantle_Drop COLUMN_UNRECOGNISED H': 1,
      'Dismantle_Drop PERSON_CONFLICT F': 1,
      'Dismantle_Keep CLUSTER_CONFLICT D': 90,
      'Dismantle_Keep CLUSTER_CONFLICT F': 21,
      'Dismantle_Keep CLUSTER_SIMILAR B': 16,
      'Dismantle_Keep COLUMN_UNRECOGNISED G': 1,
      'Dismantle_Keep PERSON_CONFLICT E': 1,
      'Approval_Matrix SEAT_WITHOUT_ROSTER E': 2,
      'Approval_Matrix SEAT_WITHOUT_ROSTER I': 1,
      'Approval_Matrix SEAT_WITHOUT_ROSTER J': 1,
      'Approval_Matrix SCOPE_WITHOUT_CHAIN B': 3,
    });
  });

  it('keeps nine people of one cell in their order', () => {
    const seat = rows.approvers.filter(
      (row) =>
        row.roleCode === 'ROH' &&
        row.clusterCode === 'Z_MOCN_Demak_Cluster-7' &&
        row.scopeCode === 'DISMANTLE_KEEP',
    );
    expect(seat.map((row) => row.rank)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(seat[0]?.email).toBe('vina.maulana.pratama@opco.example');
    expect(seat[8]?.email).toBe('tika.utomo6@msp.example');
  });

  it('is valid, and the same after an export and an import', async () => {
    expect(ConfigurationRows.parse(rows)).toEqual(rows);
    const again = await readWorkbook(await writeWorkbook(rows), { defaults: usualDefaults });
    expect(again.findings).toEqual([]);
    expect(again.rows).toEqual(rows);
  });
});
