import { enterWorkspace } from '../enter-workspace.ts';
import { uploadDocument } from '../modules/documents/upload-document.ts';
import type { Person } from '../person.ts';
import { callerOf, type DemoWorld, requestOf } from './demo-caller.ts';

/** Who takes part. */
export interface Cast {
  readonly vendor: Person;
  readonly qaEngineer: Person;
  readonly docControl: Person;
  /** The seats of the chain, in order. */
  readonly approvers: readonly Person[];
}

export interface Stage {
  readonly siteIds: readonly string[];
  readonly scopeCode: string;
  readonly vendorCode: string;
}

const DAY_MS = 24 * 60 * 60 * 1000;
const TEST_REPORT = 'item;result\nVSWR;1.2\nRSSI;-71 dBm\n';

/**
 * Submissions in every state, each on a site of its own, told as the people would have done it.
 * @returns the one that waits for longer than it may
 */
export async function tellSubmissions(
  world: DemoWorld,
  cast: Cast,
  stage: Stage,
): Promise<{ readonly lateSubmissionId: string }> {
  const sites = stage.siteIds.values();
  const now = world.services.clock();
  const as = (person: Person, at = now) => callerOf(world, person, at);

  async function upload(person: Person, name: string): Promise<string> {
    const ctx = await enterWorkspace(requestOf(world, person), 'documents.write');
    const content = (async function* () {
      yield new TextEncoder().encode(TEST_REPORT);
    })();
    const file = { name, mediaType: 'text/csv', expectedSha256: null, content, idempotencyKey: null };
    return (await uploadDocument(ctx, file)).id;
  }

  async function draft(at = now): Promise<string> {
    const { scopeCode, vendorCode } = stage;
    const siteId = sites.next().value;
    if (siteId === undefined) throw new Error('the demonstration has too few sites');
    const { submissions } = as(cast.vendor, at);
    const { id } = await submissions.create({ siteId, scopeCode, vendorCode, atpCategory: 'HARDWARE' });
    await attachReport(id, at);
    return id;
  }

  async function attachReport(submissionId: string, at = now): Promise<void> {
    const documentId = await upload(cast.vendor, 'test-report.csv');
    const attached = { submissionId, documentId, documentType: 'TEST_REPORT' } as const;
    await as(cast.vendor, at).submissions.attachDocument(attached);
  }

  async function submitted(at = now): Promise<string> {
    const submissionId = await draft(at);
    await as(cast.vendor, at).submissions.submit({ submissionId });
    return submissionId;
  }

  async function inReview(at = now): Promise<{ submissionId: string; workflowId: string }> {
    const submissionId = await submitted(at);
    const { workflowId } = await as(cast.qaEngineer, at).submissions.acceptQa({ submissionId });
    if (workflowId === null) throw new Error('QA started no workflow');
    return { submissionId, workflowId };
  }

  type Decision = Omit<Parameters<ReturnType<typeof as>['workflows']['decide']>[0], 'stageId'>;

  /** The pending stage is decided by whoever sits in it. */
  async function decide(workflowId: string, decision: Decision): Promise<string | null> {
    const { stages } = await as(cast.docControl).workflows.get({ workflowId });
    const pending = stages.find(({ status }) => status === 'PENDING');
    const approver = cast.approvers.find(({ userId }) => userId === pending?.approver?.id);
    if (pending === undefined || approver === undefined) throw new Error('nobody of the cast is asked');
    const { punchlistId } = await as(approver).workflows.decide({ stageId: pending.id, ...decision });
    return punchlistId;
  }

  /** Says that an item is mended, with evidence. */
  async function rectify({ id: itemId, itemCode }: { id: string; itemCode: string }): Promise<void> {
    const evidenceDocumentId = await upload(cast.vendor, `evidence-${itemCode}.csv`);
    await as(cast.vendor).punchlists.rectify({ itemId, evidenceDocumentId });
  }

  async function rejected(): Promise<{ submissionId: string; punchlistId: string | null }> {
    const { submissionId, workflowId } = await inReview();
    const punchlistId = await decide(workflowId, {
      decision: 'REJECT',
      comment: 'Not safe to climb.',
      items: [{ description: 'Antenna mount is cracked', severity: 'CRITICAL' }],
    });
    return { submissionId, punchlistId };
  }

  async function approveAll(workflowId: string): Promise<void> {
    for (const _ of cast.approvers) {
      const { status } = await as(cast.docControl).workflows.get({ workflowId });
      if (status === 'IN_PROGRESS') await decide(workflowId, { decision: 'APPROVE' });
    }
  }

  await draft();
  await submitted();
  await inReview();
  // Waiting for longer than it may.
  const late = await inReview(new Date(now.getTime() - 5 * DAY_MS));

  const returned = await submitted();
  await as(cast.qaEngineer).submissions.returnQa({
    submissionId: returned,
    comment: 'The test report is of another site.',
  });

  const half = await inReview();
  await decide(half.workflowId, { decision: 'APPROVE', comment: 'Measured on site.' });

  const held = await inReview();
  await as(cast.docControl).workflows.hold({
    workflowId: held.workflowId,
    reason: 'The site owner has no access.',
  });

  const listed = await inReview();
  const punchlistId = await decide(listed.workflowId, {
    decision: 'APPROVE_WITH_PUNCHLIST',
    items: [
      { description: 'Label of sector 2 is missing', severity: 'MINOR' },
      { description: 'Grounding cable is loose', severity: 'MAJOR' },
      { description: 'Cable tray is not painted', severity: 'MINOR' },
      { description: 'Photo of the earthing bar is blurred', severity: 'MINOR' },
    ],
  });
  await approveAll(listed.workflowId);
  if (punchlistId !== null) {
    const { items } = await as(cast.vendor).punchlists.get({ punchlistId });
    // One item is left in each state.
    const [, ...mended] = items;
    const [, ...validated] = mended;
    const [, ...closed] = validated;
    for (const item of mended) await rectify(item);
    for (const { id: itemId } of validated) await as(cast.qaEngineer).punchlists.validate({ itemId });
    for (const { id: itemId, raisedById } of closed) {
      const raiser = cast.approvers.find(({ userId }) => userId === raisedById);
      if (raiser !== undefined) await as(raiser).punchlists.close({ itemId });
    }
  }

  await rejected();

  // Mended, submitted anew, and back with whoever rejected it.
  const second = await rejected();
  if (second.punchlistId !== null) {
    const { items } = await as(cast.vendor).punchlists.get({ punchlistId: second.punchlistId });
    for (const item of items) await rectify(item);
  }
  const { submissionId } = second;
  await attachReport(submissionId);
  await as(cast.vendor).submissions.resubmit({ submissionId });
  await as(cast.qaEngineer).submissions.acceptQa({ submissionId });

  const completed = await inReview();
  await approveAll(completed.workflowId);

  const cancelled = await submitted();
  await as(cast.docControl).submissions.cancel({ submissionId: cancelled, comment: 'The site was dropped.' });
  return { lateSubmissionId: late.submissionId };
}
