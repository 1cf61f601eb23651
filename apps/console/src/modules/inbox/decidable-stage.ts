/** What is decided: an `InboxTask` is one, and so is what a workflow's page knows of its stage. */
export interface DecidableStage {
  readonly stageId: string;
  readonly workflowId: string;
  readonly stageNumber: number;
  readonly roleCode: string;
  readonly scopeCode: string;
  readonly siteCode: string;
  readonly siteName: string;
}
