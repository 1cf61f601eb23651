import type { ApmsClient } from '@apms/client';
import type { ConfigFinding } from '@apms/validators';
import { cellReference } from './cell-reference.ts';
import type { FindingFilters } from './findings-query.ts';

export interface FindingsExport {
  readonly client: ApmsClient;
  readonly configVersionId: string;
  readonly filters: FindingFilters;
  readonly signal: AbortSignal;
  /** How many were read so far. */
  readonly onRead: (count: number) => void;
}

/** As many as the API gives at once. */
const LIMIT = 200;
/** Without it some spreadsheet programs take UTF-8 for something else. */
const BYTE_ORDER_MARK = '\uFEFF';

/** All findings that fit, as a CSV file in which no text is ever run as a formula. */
export async function exportFindings(order: FindingsExport): Promise<Blob> {
  const { default: papa } = await import('papaparse');
  const findings = await readAll(order);
  const csv = papa.unparse(
    findings.map(({ severity, code, sheet, row, column, value, reason }) => ({
      severity,
      code,
      sheet,
      row,
      column,
      cell: cellReference({ sheet, row, column }),
      value,
      reason,
    })),
    { escapeFormulae: true },
  );
  return new Blob([BYTE_ORDER_MARK, csv], { type: 'text/csv;charset=utf-8' });
}

async function readAll({ client, configVersionId, filters, signal, onRead }: FindingsExport) {
  const findings: ConfigFinding[] = [];
  let cursor: string | null = null;
  do {
    const at: { cursor?: string } = cursor === null ? {} : { cursor };
    const page = await client.configVersions.findings.query(
      { configVersionId, ...filters, limit: LIMIT, ...at },
      { signal },
    );
    findings.push(...page.items);
    onRead(findings.length);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return findings;
}
