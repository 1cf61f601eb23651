import { wordsOf } from '../clean-text.ts';

/** What a column that names no seat can mean. */
export type ColumnMeaning =
  | 'scope'
  | 'vendor'
  | 'cluster'
  | 'clusterName'
  | 'region'
  | 'province'
  | 'city'
  | 'siteCount'
  | 'mSequence';

const meanings: readonly (readonly [ColumnMeaning, readonly string[]])[] = [
  ['scope', ['scope', 'scopes']],
  ['vendor', ['vendor', 'vendors', 'supplier', 'suppliers']],
  ['cluster', ['cluster', 'clusters', 'kluster', 'klaster']],
  ['mSequence', ['sequence', 'mseq', 'msequence']],
  ['siteCount', ['site', 'sites']],
  ['region', ['region', 'regional', 'wilayah']],
  ['province', ['province', 'provinsi', 'propinsi']],
  ['city', ['city', 'kota', 'kabupaten', 'regency', 'district']],
];
const names = new Set(['name', 'nama']);
const notACount = new Set(['id', 'code', 'name', 'type', 'list', 'status', 'class']);

/** What a header means by its words, in English or Indonesian. */
export function readColumnMeaning(header: string): ColumnMeaning | undefined {
  const words = wordsOf(header);
  const meaning = meanings.find(([, signs]) => words.some((word) => signs.includes(word)))?.[0];
  if (meaning === 'cluster' && words.some((word) => names.has(word))) return 'clusterName';
  if (meaning === 'siteCount' && words.some((word) => notACount.has(word))) return undefined;
  return meaning;
}
