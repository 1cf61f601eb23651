import {
  Document,
  type PunchlistItem,
  type PunchlistItemSeverity,
  type StageDecision,
} from '@apms/validators';
import { activateConfiguration, insertSites } from './configuration.ts';
import type { TestApi, TestClient, TestPerson, TestWorkspace } from './start-api.ts';

/** The seats of {@link defaultChains}. */
export type Seat = 'RTS' | 'RTH' | 'PMO' | 'NOC_HEAD';

/** Everybody who takes part in a submission's life, and the ways to bring one to where a test begins. */
export interface Lifecycle {
  readonly vendor: TestClient;
  readonly qa: TestClient;
  readonly control: TestClient;
  readonly approvers: Readonly<Record<Seat, TestClient>>;
  readonly seats: Readonly<Record<Seat, TestPerson>>;
  /** Uploads a small document over HTTP; its id. */
  upload(): Promise<string>;
  /** A new submission of a new site, in each state up to its review; its id. */
  createDraft(scopeCode?: string): Promise<string>;
  attach(submissionId: string): Promise<string>;
  createInQa(scopeCode?: string): Promise<string>;
  createInReview(scopeCode?: string): Promise<string>;
  /** The stage of the present workflow in which the seat decides. */
  stageOf(submissionId: string, seat: Seat): Promise<string>;
  decide(
    submissionId: string,
    seat: Seat,
    decision?: StageDecision,
    severities?: readonly PunchlistItemSeverity[],
  ): Promise<void>;
  /** All items of all reviews of the submission, the earliest first. */
  itemsOf(submissionId: string): Promise<PunchlistItem[]>;
  rectify(itemId: string): Promise<void>;
  /** Rectified with evidence and validated by QA. */
  validate(itemId: string): Promise<void>;
}

/** What a lifecycle is told on: the API of this test, or one in a process of its own. */
export interface LifecycleApi extends Pick<TestApi, 'url' | 'database' | 'createPerson'> {
  readonly workspace: TestWorkspace;
  as(person: TestPerson): TestClient;
}

/** Activates the default configuration with a person of its own in each seat. */
export async function createLifecycle(api: LifecycleApi): Promise<Lifecycle> {
  const { id: workspaceId, people } = api.workspace;
  const approver = () => api.createPerson(workspaceId, ['APPROVER']);
  const [RTS, RTH, PMO, NOC_HEAD] = await Promise.all([approver(), approver(), approver(), approver()]);
  const seats = { RTS, RTH, PMO, NOC_HEAD };
  await activateConfiguration(api, {
    roster: { RTS: [RTS], RTH: [RTH], PMO: [PMO], NOC_HEAD: [NOC_HEAD] },
  });
  const vendor = api.as(people.VENDOR);
  const qa = api.as(people.QA_ENGINEER);
  const approvers = {
    RTS: api.as(RTS),
    RTH: api.as(RTH),
    PMO: api.as(PMO),
    NOC_HEAD: api.as(NOC_HEAD),
  };

  const lifecycle: Lifecycle = {
    vendor,
    qa,
    control: api.as(people.DOC_CONTROL),
    approvers,
    seats,

    upload: async () => {
      const response = await fetch(`${api.url}/documents?name=report.pdf`, {
        method: 'POST',
        headers: {
          ...people.VENDOR.credentials,
          'x-workspace-id': workspaceId,
          'content-type': 'application/pdf',
        },
        body: `%PDF-1.7\n${Math.random()}`,
      });
      return Document.parse(await response.json()).id;
    },

    createDraft: async (scopeCode = 'RAN') => {
      const [siteId = ''] = await insertSites(api, 1);
      const { id } = await vendor.submissions.create.mutate({ siteId, scopeCode, atpCategory: 'HARDWARE' });
      return id;
    },

    attach: async (submissionId) => {
      const documentId = await lifecycle.upload();
      await vendor.submissions.attachDocument.mutate({ submissionId, documentId, documentType: 'ATP_FORM' });
      return documentId;
    },

    createInQa: async (scopeCode) => {
      const submissionId = await lifecycle.createDraft(scopeCode);
      await lifecycle.attach(submissionId);
      await vendor.submissions.submit.mutate({ submissionId });
      return submissionId;
    },

    createInReview: async (scopeCode) => {
      const submissionId = await lifecycle.createInQa(scopeCode);
      await qa.submissions.acceptQa.mutate({ submissionId });
      return submissionId;
    },

    stageOf: async (submissionId, seat) => {
      const { rows } = await api.database.pool.query<{ id: string }>(
        `select st.id from atp_submissions s
         join workflow_stages st on st.workflow_id = s.workflow_id
         join approval_role_master r on r.id = st.role_id
         where s.id = $1 and r.role_code = $2`,
        [submissionId, seat],
      );
      return rows[0]?.id ?? '';
    },

    decide: async (submissionId, seat, decision = 'APPROVE', severities = []) => {
      const stageId = await lifecycle.stageOf(submissionId, seat);
      const items = severities.map((severity) => ({ severity, description: `A ${severity} defect` }));
      await approvers[seat].workflows.decide.mutate({ stageId, decision, items });
    },

    itemsOf: async (submissionId) =>
      (await vendor.punchlists.listItems.query({ submissionId, direction: 'asc', limit: 200 })).items,

    rectify: async (itemId) => {
      const evidenceDocumentId = await lifecycle.upload();
      await vendor.punchlists.rectify.mutate({ itemId, evidenceDocumentId });
    },

    validate: async (itemId) => {
      await lifecycle.rectify(itemId);
      await qa.punchlists.validate.mutate({ itemId });
    },
  };
  return lifecycle;
}
