/** What a workbook may cost to read; whatever exceeds one of them is refused with FILE_TOO_LARGE. */
export interface WorkbookLimits {
  fileBytes: number;
  /** Size of all XML parts together once inflated, known from the archive's directory before inflating. */
  inflatedBytes: number;
  /** Inflated by packed size of one part; deflate reaches 1032, honest sheets stay below 60. */
  inflationRatio: number;
  /** Files in the archive. */
  parts: number;
  sheets: number;
  /** Rows of all sheets together. */
  rows: number;
  /** Cells of all sheets together, filled merges included. */
  cells: number;
  /** Findings of one code; further ones are counted in one FINDINGS_TRUNCATED. */
  findingsPerCode: number;
}

export const defaultLimits: WorkbookLimits = {
  fileBytes: 50_000_000,
  inflatedBytes: 250_000_000,
  inflationRatio: 250,
  parts: 2_000,
  sheets: 100,
  rows: 250_000,
  cells: 4_000_000,
  findingsPerCode: 1_000,
};
