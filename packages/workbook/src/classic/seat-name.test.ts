import { describe, expect, it } from 'vitest';
import { readColumnMeaning } from './column-meaning.ts';
import { matchScopes } from './match-scopes.ts';
import { levelsOf, orderSeats } from './order-seats.ts';
import { readMSequence, readSiteCount } from './read-counts.ts';
import { readMark } from './read-mark.ts';
import { readSeatHeader, seatNamed } from './seat-name.ts';

describe('readSeatHeader', () => {
  it.each([
    ['MS RTS (L2)', 'RTS', 2],
    ['OPCO RTH Team (L3)', 'RTH_TEAM', 3],
    ['OPCO RTH (L4)', 'RTH', 4],
    ['opco  rth   TEAM ( l3 )', 'RTH_TEAM', 3],
    ['Acme-Telco RTHTeam [Level 3]', 'RTH_TEAM', 3],
    ['NOC-Head', 'NOC_HEAD', null],
    ['OPCO Config Team', 'CONFIG_TEAM', null],
    ['Acme Configuration Team', 'CONFIG_TEAM', null],
    ['Back Office', 'BO', null],
    ['PMO', 'PMO', null],
  ])('reads %j', (header, roleCode, level) => {
    expect(readSeatHeader(header)).toMatchObject({ roleCode, level, isKnown: true });
  });

  it('takes an unknown seat with a level as it stands', () => {
    expect(readSeatHeader('Field Lead (L5)')).toEqual({
      roleCode: 'FIELD_LEAD',
      roleName: 'Field Lead',
      level: 5,
      isKnown: false,
    });
    expect(readSeatHeader('MS Field Lead (L5)', [seatNamed('Field Lead')])).toMatchObject({
      roleCode: 'FIELD_LEAD',
      isKnown: true,
    });
  });

  it.each(['Remarks', 'Previous PIC', 'Previous RTS (L2)', 'Jumbo', 'Growth', '', '(L3)'])(
    'finds no seat in %j',
    (header) => {
      expect(readSeatHeader(header)).toBeUndefined();
    },
  );
});

describe('readColumnMeaning', () => {
  it.each([
    ['Sites#', 'siteCount'],
    ['# of Sites', 'siteCount'],
    ['Jumlah Site', 'siteCount'],
    ['Site ID', undefined],
    ['M-Sequence', 'mSequence'],
    ['MSequence', 'mSequence'],
    ['CLUSTER', 'cluster'],
    ['Cluster Name', 'clusterName'],
    ['Provinsi', 'province'],
    ['ATP Scope', 'scope'],
    ['Vendors', 'vendor'],
    ['Remarks', undefined],
  ])('reads %j', (header, meaning) => {
    expect(readColumnMeaning(header)).toBe(meaning);
  });
});

describe('matchScopes', () => {
  const scopes = ['RAN', 'MW', 'MW Upgrade', 'PLN Upgrade', 'Dismantle Keep', 'Dismantle Drop', 'IPRAN'].map(
    (scopeName) => {
      return { scopeCode: scopeName, scopeName };
    },
  );
  it.each([
    ['RAN_MW', ['RAN', 'MW']],
    ['ATP APPROVER RAN MW v2.7', ['RAN', 'MW']],
    ['mw upgrade', ['MW Upgrade']],
    ['MW + MW-Upgrade', ['MW', 'MW Upgrade']],
    ['PLN_Upgrade', ['PLN Upgrade']],
    ['Drop Dismantle', ['Dismantle Drop']],
    ['Dismantle', []],
    ['Sheet1', []],
  ])('finds the scopes of %j', (text, expected) => {
    expect(matchScopes(text, scopes).map((scope) => scope.scopeCode)).toEqual(expected);
  });
});

describe('counts', () => {
  it.each([
    ['M3', 'M3'],
    ['M-3', 'M3'],
    ['m 03', 'M3'],
    ['M3 (Buffer)', 'M3'],
    ['M-10', 'M10'],
    ['3', undefined],
    ['M', undefined],
    ['M3x', undefined],
  ])('reads the M-sequence %j', (text, sequence) => {
    expect(readMSequence(text)).toBe(sequence);
  });

  it.each([
    ['19', 19],
    ['', 0],
    ['-1', undefined],
    ['1.5', undefined],
    ['many', undefined],
    ['1e9', undefined],
  ])('reads the site count %j', (text, count) => {
    expect(readSiteCount(text)).toBe(count);
  });

  it.each([
    ['A', true],
    ['✓', true],
    ['', false],
    ['-', false],
    ['R', undefined],
    ['2', undefined],
  ])('reads the mark %j', (text, mark) => {
    expect(readMark(text)).toBe(mark);
  });
});

describe('orderSeats', () => {
  const seats = ['RTH', 'BO', 'RTS', 'NOC'].map((roleCode, column) => ({ roleCode, column }));
  it('orders by level, and seats without one by their column', () => {
    const levels = levelsOf(
      seats,
      new Map([
        ['RTH', 4],
        ['RTS', 2],
      ]),
    );
    expect(orderSeats(seats, levels).map((seat) => seat.roleCode)).toEqual(['RTS', 'NOC', 'RTH', 'BO']);
  });

  it('keeps the columns where there is no level', () => {
    expect(orderSeats(seats, levelsOf(seats, new Map()))).toEqual(seats);
  });
});
