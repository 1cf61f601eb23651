import type { DeploymentReport } from '@apms/validators';
import type { ReportDocument } from '../report/document.ts';

/** What is told, and where the rest of it can be read. */
export interface Notification {
  report: DeploymentReport;
  document: ReportDocument;
  /** `<host>:<directory>` of the reports, or the address of the job that made them. */
  readAt: string;
}
