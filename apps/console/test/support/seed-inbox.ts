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
  /** So many stages more, each of a site of its own, `COPY-001` and on, in this order, before what is started later. */
  fill(count: number): Promise<void>;
  /** Approves the stage of a site, as the approver. */
  decide(siteCode: string): Promise<void>;
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

  async function start(siteCode: string, scopeCode = 'RAN') {
    const siteId = await addSite(siteCode);
    const workflow = await clerk.workflows.start.mutate({ siteId, scopeCode, atpCategory: 'HARDWARE' });
    return { stageId: workflow.stages[0]?.id ?? '', workflowId: workflow.id };
  }

  return {
    workspace,
    path: `/w/${workspace.code}/inbox`,
    approver: people.APPROVER,
    next,
    start,
    fill: async (count) => {
      const { workflowId } = await start('COPIED');
      await console.database.pool.query(
        `with ids as materialized (
           select $1 || '-' || lpad(n::text, 3, '0') as id, 'COPY-' || lpad(n::text, 3, '0') as site_code, n
           from generate_series(1, $2::int) n
         ), new_sites as (
           insert into sites
           select (jsonb_populate_record(si, jsonb_build_object('id', ids.id, 'site_code', ids.site_code))).*
           from sites si join workflow_instances w on w.site_id = si.id and w.id = $1 cross join ids
           returning id
         ), workflows as (
           insert into workflow_instances
           select (jsonb_populate_record(w, jsonb_build_object('id', ids.id, 'site_id', ids.id))).*
           from workflow_instances w cross join ids
           where w.id = $1 and (select count(*) from new_sites) > 0
           returning id
         )
         insert into workflow_stages
         select (jsonb_populate_record(s, jsonb_build_object(
           'id', ids.id || '-' || right(s.id, 8), 'workflow_id', ids.id))).*
         from workflow_stages s cross join ids
         where s.workflow_id = $1 and (select count(*) from workflows) > 0`,
        [workflowId, count],
      );
    },
    decide: async (siteCode) => {
      const own = console.as(people.APPROVER, workspace).workflows;
      const { items } = await own.inbox.query({ search: siteCode });
      await own.decide.mutate({ stageId: items[0]?.stageId ?? '', decision: 'APPROVE' });
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
