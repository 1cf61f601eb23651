import type { ApproverRow, ClusterRow, ConfigurationRows } from '@apms/validators';
import { emptyRows } from '../empty-rows.ts';
import { TextStore } from '../text-store.ts';

/** Puts the parts that a worker sends together; each part brings copies of the same texts, kept once. */
export class RowCollector {
  readonly rows = emptyRows();
  readonly #texts = new TextStore();

  add({ clusters = [], approvers = [], ...few }: Partial<ConfigurationRows>): void {
    Object.assign(this.rows, few);
    for (const row of clusters) this.rows.clusters.push(this.#cluster(row));
    for (const row of approvers) this.rows.approvers.push(this.#approver(row));
  }

  #cluster(row: ClusterRow): ClusterRow {
    const texts = this.#texts;
    return {
      scopeCode: texts.once(row.scopeCode),
      clusterCode: texts.once(row.clusterCode),
      clusterName: texts.onceOrNull(row.clusterName),
      region: texts.onceOrNull(row.region),
      province: texts.onceOrNull(row.province),
      city: texts.onceOrNull(row.city),
      mSequence: texts.onceOrNull(row.mSequence),
      siteCount: row.siteCount,
      sourceSheet: texts.onceOrNull(row.sourceSheet),
      sourceRow: row.sourceRow,
    };
  }

  #approver(row: ApproverRow): ApproverRow {
    const texts = this.#texts;
    const shared = {
      scopeCode: texts.once(row.scopeCode),
      clusterCode: texts.once(row.clusterCode),
      roleCode: texts.once(row.roleCode),
      rank: row.rank,
      email: texts.once(row.email),
      sourceSheet: texts.onceOrNull(row.sourceSheet),
      sourceRow: row.sourceRow,
      sourceColumn: texts.onceOrNull(row.sourceColumn),
    };
    const isLimited = row.effectiveFrom !== undefined || row.effectiveTo !== undefined;
    return isLimited ? { ...row, ...shared } : shared;
  }
}
