/** A seat for a cluster, by the codes of a version. */
export interface Seat {
  readonly scopeCode: string;
  readonly clusterCode: string;
  readonly roleCode: string;
}
