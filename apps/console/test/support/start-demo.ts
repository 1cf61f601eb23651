import { DEMO_CODE, DEMO_PASSWORD, fillDemoOf } from '@apms/api/testing';
import type { ApmsClient } from '@apms/client';
import type { Person } from './open-browser.ts';
import { placeReport, readReport } from './place-reports.ts';
import { startConsole, type TestConsole } from './start-console.ts';

/** The console with the demonstration in it. */
export interface DemoConsole {
  readonly console: TestConsole;
  /** Whoever has something to see on a page. */
  whoSees(route: string): Person;
  readonly viewer: Person;
  /** The address of a page, whose parameters are the ids of something that the demonstration has. */
  addressOf(route: string): Promise<string>;
}

/** Where everything was deployed to, as it is told. */
const TARGET = 'production';
const reports = ['rolled-back', 'no-go', 'deployed-after-hold', 'deployed-in-phases'] as const;

export async function startDemo(): Promise<DemoConsole> {
  const console = await startConsole();
  const { workspaceId, people } = await fillDemoOf(console.settings);
  for (const name of reports) {
    const report = await readReport(name);
    await placeReport(console, { ...report, target: TARGET }, report);
  }
  const admin = await console.createPerson(workspaceId, ['ADMIN']);
  const viewer = await console.createPerson(workspaceId, ['VIEWER']);
  const approver = people.find(({ roles }) => roles.includes('APPROVER'));
  if (approver === undefined) throw new Error('the demonstration has no approver');
  const client = console.as(admin, { ...console.workspace, id: workspaceId });
  return {
    console,
    viewer,
    whoSees: (route) =>
      route.includes('/inbox') ? { email: approver.email, password: DEMO_PASSWORD } : admin,
    addressOf: async (route) => {
      const segments = route.split('/').map((segment) => valueOf(segment, client));
      return (await Promise.all(segments)).join('/');
    },
  };
}

/** For each parameter of a route something that there is. */
const examples: Readonly<Record<string, (client: ApmsClient) => Promise<string | undefined>>> = {
  $workspaceCode: async () => DEMO_CODE,
  $userId: async (client) => (await client.users.list.query({ role: 'APPROVER' })).items[0]?.id,
  $stageId: async (client) => (await pendingStage(client))?.id,
  $configVersionId: async (client) => (await client.configVersions.list.query({})).items[0]?.id,
  $submissionId: async (client) =>
    (await client.submissions.list.query({ status: 'IN_REVIEW' })).items[0]?.id,
  $workflowId: async (client) => (await client.workflows.list.query({ status: 'COMPLETED' })).items[0]?.id,
  $punchlistId: async (client) => (await client.punchlists.list.query({ status: 'OPEN' })).items[0]?.id,
  $target: async () => TARGET,
  $deploymentId: async () => (await readReport('deployed-in-phases')).id,
  $constraintName: async () => 'fk_workflow_stages_role',
  $auditId: async (client) => (await client.integrityAudits.history.query({})).items[0]?.id,
};

/** One that awaits somebody now. */
async function pendingStage(client: ApmsClient) {
  const { items } = await client.workflows.list.query({ status: 'IN_PROGRESS', limit: 1 });
  const [workflow] = items;
  if (workflow === undefined) return undefined;
  const { stages } = await client.workflows.get.query({ workflowId: workflow.id });
  return stages.find(({ status }) => status === 'PENDING');
}

/** @throws when there is no example of a parameter: a page that is added needs one here */
async function valueOf(segment: string, client: ApmsClient): Promise<string> {
  if (!segment.startsWith('$')) return segment;
  const value = await examples[segment]?.(client);
  if (value === undefined) throw new Error(`the demonstration has no example of ${segment}`);
  return encodeURIComponent(value);
}
