import { AppErrorData, type PunchlistItemSeverity } from '@apms/validators';
import { TRPCClientError } from '@trpc/client';
import { activateConfiguration, insertSites } from './configuration.ts';
import type { Lifecycle, Seat } from './lifecycle.ts';
import { places, versions } from './lifecycle-candidates.ts';
import {
  type Action,
  type Caller,
  type Failure,
  type Model,
  type ModelSubmission,
  optionalSeat,
} from './lifecycle-state.ts';
import type { TestApi, TestClient } from './start-api.ts';

/** The API as the model sees it: actions are taken, and submissions looked at, through its HTTP client. */
export interface World {
  /** Activates the first version, and forgets what was there: a walk has sites of its own. */
  begin(): Promise<Model>;
  take(action: Action, caller: Caller): Promise<Failure>;
  /** A submission as the API shows it. */
  look(submission: number): Promise<ModelSubmission>;
}

/** What the actions of a walk name by number. */
interface Known {
  readonly id: string;
  documentIds: string[];
  workflowId: string;
  stageIds: Map<string, string>;
  itemIds: { readonly raisedBy: Seat; readonly ids: string[] }[];
}

const seatNames = ['RTS', 'RTH', 'PMO', 'NOC_HEAD'] as const satisfies readonly Seat[];

export async function createWorld(api: TestApi, life: Lifecycle): Promise<World> {
  const elsewhere = await api.createWorkspace();
  const callers = {
    viewer: api.as(api.workspace.people.VIEWER),
    stranger: api.as(elsewhere.people.ADMIN),
    nobody: api.as(null),
  };
  let siteIds: string[] = [];
  let firstVersion = 0;
  let known: Known[] = [];

  const activate = async (chains: (typeof versions)[number]) =>
    await activateConfiguration(api, {
      roster: Object.fromEntries(seatNames.map((seat) => [seat, [life.seats[seat]]])),
      chains: Object.fromEntries(Object.entries(chains).filter(([, chain]) => chain !== undefined)),
      optionalSeats: [optionalSeat],
    });

  const clientOf = (caller: Caller, right: TestClient, other = right): TestClient =>
    caller === 'right' ? right : caller === 'other' ? other : callers[caller];

  const seatOf = (userId: string | undefined): Seat =>
    seatNames.find((seat) => life.seats[seat].userId === userId) ?? 'RTS';

  /** Another approver than the one of the seat. */
  const beside = (seat: Seat): TestClient => life.approvers[seat === 'RTS' ? 'RTH' : 'RTS'];

  async function perform(action: Action, caller: Caller): Promise<void> {
    if (action.kind === 'activate') {
      await activate(action.chains);
      return;
    }
    if (action.kind === 'create') {
      const { id } = await clientOf(caller, life.vendor).submissions.create.mutate({
        siteId: siteIds[action.place] ?? '',
        scopeCode: action.scope,
        atpCategory: 'HARDWARE',
      });
      known.push({ id, documentIds: [], workflowId: '', stageIds: new Map(), itemIds: [] });
      return;
    }
    const there = known[action.submission];
    if (there === undefined) throw new RangeError('the walk knows no such submission');
    await ('item' in action ? performOnItem(there, action, caller) : performOn(there, action, caller));
  }

  async function performOn(
    there: Known,
    action: Exclude<Action, { kind: 'activate' | 'create' } | { item: number }>,
    caller: Caller,
  ): Promise<void> {
    const { id: submissionId, workflowId } = there;
    const vendor = clientOf(caller, life.vendor);
    const qa = clientOf(caller, life.qa);
    const control = clientOf(caller, life.control);
    switch (action.kind) {
      case 'attach': {
        const documentId = await life.upload();
        await vendor.submissions.attachDocument.mutate({ submissionId, documentId, documentType: 'PHOTO' });
        return;
      }
      case 'detach': {
        const documentId = there.documentIds.at(-1) ?? 'none';
        await vendor.submissions.detachDocument.mutate({ submissionId, documentId });
        return;
      }
      case 'submit':
      case 'resubmit':
        await vendor.submissions[action.kind].mutate({ submissionId });
        return;
      case 'acceptQa':
        await qa.submissions.acceptQa.mutate({ submissionId });
        return;
      case 'returnQa':
        await qa.submissions.returnQa.mutate({ submissionId, comment: 'Not like this' });
        return;
      case 'complete':
        await control.submissions.complete.mutate({ submissionId });
        return;
      case 'cancel':
        await control.submissions.cancel.mutate({ submissionId, comment: 'Given up' });
        return;
      case 'hold':
        await control.workflows.hold.mutate({ workflowId, reason: 'Flood' });
        return;
      case 'resume':
        await control.workflows.resume.mutate({ workflowId });
        return;
      case 'cancelWorkflow':
        await control.workflows.cancel.mutate({ workflowId, reason: 'Given up' });
        return;
      case 'skip':
        await control.workflows.skip.mutate({
          stageId: there.stageIds.get(action.seat) ?? '',
          reason: 'On leave',
        });
        return;
      case 'decide':
        await clientOf(caller, life.approvers[action.seat], beside(action.seat)).workflows.decide.mutate({
          stageId: there.stageIds.get(action.seat) ?? '',
          decision: action.decision,
          items: action.severities.map(defect),
        });
    }
  }

  async function performOnItem(
    there: Known,
    { kind, list, item }: Extract<Action, { item: number }>,
    caller: Caller,
  ): Promise<void> {
    const { raisedBy = 'RTS', ids } = there.itemIds[list] ?? {};
    const itemId = ids?.[item] ?? '';
    const vendor = clientOf(caller, life.vendor).punchlists;
    switch (kind) {
      case 'rectify':
        await vendor.rectify.mutate({ itemId, evidenceDocumentId: await life.upload() });
        return;
      case 'rectifyWithoutEvidence':
        await vendor.rectify.mutate({ itemId });
        return;
      case 'validate':
        await clientOf(caller, life.qa).punchlists.validate.mutate({ itemId });
        return;
      case 'close':
        await clientOf(caller, life.approvers[raisedBy], beside(raisedBy)).punchlists.close.mutate({
          itemId,
        });
        return;
      case 'reopen':
        await clientOf(caller, life.qa, beside(raisedBy)).punchlists.reopen.mutate({
          itemId,
          comment: 'Still loose',
        });
    }
  }

  return {
    begin: async () => {
      const [chains] = versions;
      siteIds = await insertSites(api, places);
      firstVersion = (await activate(chains)).versionNumber;
      known = [];
      return { version: 0, chains, submissions: [] };
    },

    take: async (action, caller) => {
      try {
        await perform(action, caller);
        return null;
      } catch (error) {
        if (!(error instanceof TRPCClientError)) throw error;
        return AppErrorData.parse(Reflect.get(Object(error.data), 'appError')).code;
      }
    },

    look: async (submission) => {
      const there = known[submission];
      if (there === undefined) throw new RangeError('the walk knows no such submission');
      const { id: submissionId } = there;
      const [details, summaries] = await Promise.all([
        life.vendor.submissions.get.query({ submissionId }),
        life.vendor.punchlists.list.query({ submissionId, direction: 'asc' }),
      ]);
      const [workflows, lists] = await Promise.all([
        Promise.all(details.workflows.map(({ id }) => life.vendor.workflows.get.query({ workflowId: id }))),
        Promise.all(summaries.items.map(({ id }) => life.vendor.punchlists.get.query({ punchlistId: id }))),
      ]);
      const seen = lists.map(({ status, items }) => ({
        status,
        raisedBy: seatOf(items[0]?.raisedById),
        items,
      }));
      there.documentIds = details.documents.map(({ documentId }) => documentId);
      there.workflowId = details.workflowId ?? '';
      there.stageIds = new Map(workflows.at(-1)?.stages.map(({ roleCode, id }) => [roleCode, id]));
      there.itemIds = seen.map(({ raisedBy, items }) => ({ raisedBy, ids: items.map(({ id }) => id) }));
      return {
        place: siteIds.indexOf(details.siteId),
        scope: details.scopeCode === 'MW' ? 'MW' : 'RAN',
        status: details.status,
        revision: details.revisionNumber,
        resume: details.resumeStageNumber,
        documents: details.documents.map(({ revisionNumber }) => revisionNumber),
        workflows: workflows.map(({ configVersion, status, currentStageNumber, stages }) => ({
          version: configVersion.versionNumber - firstVersion,
          status,
          current: currentStageNumber,
          stages: stages.map((stage) => ({
            seat: seatNames.find((seat) => seat === stage.roleCode) ?? 'RTS',
            stage: stage.stageNumber,
            status: stage.status,
          })),
        })),
        lists: seen.map(({ items, ...list }) => ({
          ...list,
          items: items.map(({ severity, status }) => ({ severity, status })),
        })),
      };
    },
  };
}

function defect(severity: PunchlistItemSeverity) {
  return { severity, description: `A ${severity} defect` };
}
