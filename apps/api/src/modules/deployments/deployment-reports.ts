import type { DeploymentReport } from '@apms/validators';

/** Reports of one target's deployments, the newest first. */
export interface ReportsRead {
  readonly reports: readonly DeploymentReport[];
  /** How many of those that were met could not be read. */
  readonly unreadable: number;
  /** The last one that was met, when there are older ones. */
  readonly nextBefore: string | null;
}

/** Where reports of deployments are found. */
export interface DeploymentReports {
  targets(): Promise<string[]>;
  /** At most `limit` reports of deployments that began before the one of the id. */
  list(
    target: string,
    options: { readonly before: string | null; readonly limit: number },
  ): Promise<ReportsRead>;
  /** Null when there is none, or it cannot be read. */
  get(target: string, deploymentId: string): Promise<DeploymentReport | null>;
}
