import { activateConfiguration, type TestPerson } from '@apms/api/testing';
import { uploadDocument } from '@apms/client';
import type { TestConsole, TestWorkspace } from './start-console.ts';

/** A workspace with a configuration in which one person sits in the first seat. */
export interface SeededInbox {
  readonly workspace: TestWorkspace;
  readonly path: string;
  readonly approver: TestPerson;
  /** Who sits in the second and the third seat. */
  readonly next: TestPerson;
  /** Starts a workflow for a new site, whose first stage awaits the approver; gives the stage. */
  start(siteCode: string, scopeCode?: string): Promise<{ stageId: string; workflowId: string }>;
  /** The same from a submission with one document, sent through QA. */
  submit(siteCode: string): Promise<void>;
}

export async function seedInbox(console: TestConsole): Promise<SeededInbox> {
  const workspace = await console.createWorkspace();
  const { people } = workspace;
  const next = await console.createPerson(workspace.id, ['APPROVER']);
  const roster = { RTS: [people.APPROVER], RTH: [next], PMO: [next], NOC_HEAD: [next] };
  await activateConfiguration({ database: console.database, workspace }, { roster });
  const clerk = console.as(people.DOC_CONTROL, workspace);

  async function addSite(siteCode: string): Promise<string> {
    const site = { siteCode, name: `Site ${siteCode}`, clusterCode: 'CL-1' };
    return (await clerk.sites.create.mutate(site)).id;
  }

  return {
    workspace,
    path: `/w/${workspace.code}/inbox`,
    approver: people.APPROVER,
    next,
    start: async (siteCode, scopeCode = 'RAN') => {
      const siteId = await addSite(siteCode);
      const workflow = await clerk.workflows.start.mutate({ siteId, scopeCode, atpCategory: 'HARDWARE' });
      return { stageId: workflow.stages[0]?.id ?? '', workflowId: workflow.id };
    },
    submit: async (siteCode) => {
      const siteId = await addSite(siteCode);
      const vendor = console.as(people.VENDOR, workspace);
      const { id: submissionId } = await vendor.submissions.create.mutate({
        siteId,
        scopeCode: 'RAN',
        atpCategory: 'HARDWARE',
      });
      const file = new File(['%PDF-1.7\n%%EOF\n'], 'report.pdf', { type: 'application/pdf' });
      const { id: documentId } = await uploadDocument(console.optionsOf(people.VENDOR, workspace), file);
      await vendor.submissions.attachDocument.mutate({
        submissionId,
        documentId,
        documentType: 'TEST_REPORT',
      });
      await vendor.submissions.submit.mutate({ submissionId });
      await console.as(people.QA_ENGINEER, workspace).submissions.acceptQa.mutate({ submissionId });
    },
  };
}
