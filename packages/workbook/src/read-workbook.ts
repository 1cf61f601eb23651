import { emptyRows } from './empty-rows.ts';
import { readParts } from './read-parts.ts';
import type { ReadOptions, WorkbookReading } from './reading.ts';

/**
 * Reads a workbook of any kind and never throws for what a file says: a file that cannot be read gives no
 * rows and one finding. Every code that a row names is there as a row.
 */
export async function readWorkbook(bytes: Uint8Array, options: ReadOptions): Promise<WorkbookReading> {
  const rows = emptyRows();
  const reading: WorkbookReading = { rows, findings: [], sheets: [] };
  for await (const part of readParts(bytes, options)) {
    if (part.kind === 'done') return { ...reading, ...part.rest };
    const { clusters = [], approvers = [], ...few } = part.rows;
    Object.assign(rows, few);
    for (const cluster of clusters) rows.clusters.push(cluster);
    for (const approver of approvers) rows.approvers.push(approver);
  }
  return reading;
}
