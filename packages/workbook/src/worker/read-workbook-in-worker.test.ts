import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { buildXlsx } from '../../test/support/build-xlsx.ts';
import { matrix, roster } from '../../test/support/small-workbook.ts';
import {
  type ReadProgress,
  readWorkbook,
  readWorkbookInWorker,
  usualDefaults,
  writeWorkbook,
} from '../index.ts';

const fixture = readFileSync(new URL('../../test/fixtures/approval-matrix-2025-08.xlsx', import.meta.url));
const options = { defaults: usualDefaults, timeoutMs: 60_000 };

describe('readWorkbookInWorker', () => {
  it('reads as readWorkbook does, tells how far it is, and leaves the bytes alone', async () => {
    const progress: ReadProgress[] = [];
    const before = Buffer.from(fixture);
    const reading = await readWorkbookInWorker(fixture, {
      ...options,
      onProgress: (one) => progress.push(one),
    });
    expect(reading).toEqual(await readWorkbook(fixture, options));
    expect(fixture.equals(before)).toBe(true);
    expect(progress).toContainEqual({ phase: 'unpacking', sheet: 'RAN_MW', rowsDone: 2000, rowsTotal: 2182 });
    expect(progress.at(-1)).toEqual({
      phase: 'understanding',
      sheet: 'Dismantle_Keep',
      rowsDone: 1592,
      rowsTotal: 1592,
    });
  });

  it('brings every field over', async () => {
    const { rows } = await readWorkbook(buildXlsx([matrix, roster]), options);
    const approvers = rows.approvers.map((row, index) =>
      index === 0 ? { ...row, effectiveTo: '2026-12-31' } : row,
    );
    const bytes = await writeWorkbook({ ...rows, approvers });
    expect((await readWorkbookInWorker(bytes, options)).rows).toEqual({ ...rows, approvers });
  });

  it('gives up in time', async () => {
    const { findings, rows } = await readWorkbookInWorker(fixture, { ...options, timeoutMs: 1 });
    expect(findings).toMatchObject([{ severity: 'ERROR', code: 'FILE_TIMED_OUT' }]);
    expect(rows.clusters).toEqual([]);
  });

  it('gives up where the memory ends', async () => {
    const { findings } = await readWorkbookInWorker(fixture, { ...options, memoryMb: 4 });
    expect(findings).toMatchObject([{ severity: 'ERROR', code: 'FILE_TOO_LARGE' }]);
  });

  it('reports a bad file', async () => {
    const { findings } = await readWorkbookInWorker(fixture.subarray(0, 1000), options);
    expect(findings).toMatchObject([{ code: 'FILE_TRUNCATED' }]);
  });
});
