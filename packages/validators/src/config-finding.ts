import { z } from 'zod';
import { FindingSeverity, ImportFinding, ImportFindingCode } from './import-finding.ts';
import { Id, PageInput, pageOf } from './wire.ts';

/** What the rows of a config version can lack, whatever they were imported from; found anew after each edit. */
export const RowFindingCode = z.enum([
  /** ERROR: a chain without anybody to ask. */
  'POLICY_WITHOUT_STAGES',
  /** ERROR: the numbers of a chain's stages are not 1, 2, 3 … */
  'POLICY_STAGES_BROKEN',
  /** ERROR: a rule asks for somebody who has no account. */
  'RULE_PERSON_UNKNOWN',
  'SCOPE_WITHOUT_POLICY',
  /** Stages look up the cluster of a site, and the scope has none. */
  'SCOPE_WITHOUT_CLUSTERS',
  /** Clusters of the scope have nobody in a seat that a chain of it asks. */
  'CLUSTER_SEAT_EMPTY',
  /** Nobody at all holds a seat whose holders share its work. */
  'AUTO_SEAT_EMPTY',
]);
export type RowFindingCode = z.infer<typeof RowFindingCode>;

/** One finding of a config version: of its workbook, with the place to look at, or of its rows. */
export const ConfigFinding = ImportFinding.extend({
  code: z.enum([...ImportFindingCode.options, ...RowFindingCode.options]),
});
export type ConfigFinding = z.infer<typeof ConfigFinding>;

export const ConfigFindingPage = pageOf(ConfigFinding);

/** The workbook's findings in its own order, then those of the rows. */
export const ListConfigFindings = PageInput.omit({ direction: true }).extend({
  configVersionId: Id,
  severity: FindingSeverity.optional(),
  sheet: z.string().max(200).optional(),
  code: ConfigFinding.shape.code.optional(),
});
export type ListConfigFindings = z.infer<typeof ListConfigFindings>;

/** How many findings of a config version are alike in severity, code and sheet; the errors first. */
export const ConfigFindingCounts = z.object({
  groups: z.array(
    ConfigFinding.pick({ severity: true, code: true, sheet: true }).extend({ count: z.int().positive() }),
  ),
});
export type ConfigFindingCounts = z.infer<typeof ConfigFindingCounts>;
