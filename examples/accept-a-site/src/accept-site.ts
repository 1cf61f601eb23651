import { randomBytes } from 'node:crypto';
import {
  type ApmsClient,
  type ClientOptions,
  createClient,
  isAppError,
  signIn,
  uploadDocument,
} from '@apms/client';

export interface Example {
  /** Where the API of `pnpm dev` is. */
  readonly url: string;
  readonly password: string;
  readonly say: (line: string) => void;
}

/**
 * What another team's program does with the API: a vendor submits a site, QA accepts it, and the approvers whom the
 * configuration names decide one after another.
 */
export async function acceptSite({ url, password, say }: Example): Promise<void> {
  const logIn = async (email: string) => {
    const credential = await signIn({ url, email, password });
    const { workspaces } = await createClient({ url, credential }).users.me.query({});
    const workspaceId = workspaces[0]?.id;
    if (workspaceId === undefined) throw new Error(`${email} is a member of no workspace`);
    const options: ClientOptions = { url, credential, workspaceId };
    return { options, client: createClient(options) };
  };
  const clerk = await logIn('docs@apms.example');
  const vendor = await logIn('vendor@apms.example');
  const qaEngineer = await logIn('qa@apms.example');

  const site = await clerk.client.sites.create.mutate({
    siteCode: `EX-${randomBytes(3).toString('hex')}`,
    name: 'Site of the example',
    clusterCode: await someCluster(clerk.client),
  });
  say(`Site ${site.siteCode} in cluster ${site.clusterCode}.`);

  const wanted = { siteId: site.id, scopeCode: 'RAN', vendorCode: 'ZTE', atpCategory: 'HARDWARE' } as const;
  const routing = await clerk.client.workflows.preview.query(wanted);
  for (const { stageNumber, roleName, approver } of routing.stages) {
    say(`  stage ${stageNumber}: ${roleName}, ${approver?.name ?? 'nobody'}`);
  }

  const submission = await vendor.client.submissions.create.mutate(wanted);
  const file = new File(['item;result\nVSWR;1.2\n'], 'test-report.csv', { type: 'text/csv' });
  const document = await uploadDocument(vendor.options, file);
  const { id: submissionId, submissionNumber } = submission;
  await vendor.client.submissions.attachDocument.mutate({
    submissionId,
    documentId: document.id,
    documentType: 'TEST_REPORT',
  });
  await vendor.client.submissions.submit.mutate({ submissionId });
  say(`${submissionNumber} is with QA, ${document.name} attached.`);

  await sayWhyNot(vendor.client, submissionId, say);
  await qaEngineer.client.submissions.acceptQa.mutate({ submissionId });

  for (const { approver, stageNumber } of routing.stages) {
    if (approver === null) continue;
    const { email } = await clerk.client.users.get.query({ userId: approver.id });
    const { client } = await logIn(email);
    const { items } = await client.workflows.inbox.query({ siteId: site.id });
    for (const { stageId } of items) {
      await client.workflows.decide.mutate({ stageId, decision: 'APPROVE', comment: 'As measured.' });
      say(`  stage ${stageNumber} approved by ${approver.name}`);
    }
  }
  const { status } = await clerk.client.submissions.get.query({ submissionId });
  say(`${submissionNumber} is ${status}.`);
}

async function someCluster(client: ApmsClient): Promise<string> {
  const { items } = await client.sites.list.query({ search: 'LKT-', limit: 1 });
  const clusterCode = items[0]?.clusterCode;
  if (typeof clusterCode !== 'string') throw new Error('this is not the demonstration of `pnpm dev`');
  return clusterCode;
}

/** Errors are narrowed by their code; their facts are typed. */
async function sayWhyNot(client: ApmsClient, submissionId: string, say: Example['say']): Promise<void> {
  try {
    await client.submissions.acceptQa.mutate({ submissionId });
  } catch (error) {
    if (!isAppError(error, 'PERMISSION_DENIED')) throw error;
    say(`The vendor may not accept it: that takes ${error.data.appError.permission}.`);
  }
}
