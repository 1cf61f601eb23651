import { type Database, newId } from '@apms/db';
import type { Person } from '../person.ts';
import type { Services } from '../services.ts';
import { addPeople } from './add-people.ts';
import { callerOf, type DemoWorld } from './demo-caller.ts';
import { type DemoPerson, demoStaff } from './demo-people.ts';
import { importFixture } from './import-fixture.ts';
import { tellAudits } from './tell-audits.ts';
import { tellNextVersion } from './tell-next-version.ts';
import { tellOverrides } from './tell-overrides.ts';
import { tellSubmissions } from './tell-submissions.ts';

/** By which the demonstration's workspace is known. */
export const DEMO_CODE = 'DEMO';

/** The scope, vendor and number of sites of the demonstration's submissions. */
const SCOPE = 'RAN';
const VENDOR = 'ZTE';
const SITES = 14;

/** What is there to look at. */
export interface Demo {
  readonly workspaceId: string;
  readonly people: readonly DemoPerson[];
}

/**
 * Fills an empty database with one workspace at work: the fixture imported and activated and a next version of it,
 * people to log in as, sites, submissions in every state, overrides, and audits of some weeks. What is no history happens through the procedures that people would use.
 */
export async function fillDemo(options: {
  readonly database: Database;
  readonly services: Services;
}): Promise<Demo> {
  const workspaceId = newId();
  const world: DemoWorld = { ...options, workspaceId };
  await world.database.prisma.workspace.create({
    data: { id: workspaceId, code: DEMO_CODE, name: 'Demonstration programme' },
  });
  const staff = await addPeople(world, demoStaff);
  const version = await importFixture(world, staff.configManager);
  const { clusterCode, seats } = await findSeats(world, staff.configManager, version.id);
  const approvers = await addPeople(world, seats);
  const siteIds = await addSites(world, staff.docControl, clusterCode);
  const cast = { ...staff, approvers: Object.values(approvers) };
  const { lateSubmissionId: submissionId } = await tellSubmissions(world, cast, {
    siteIds,
    scopeCode: SCOPE,
    vendorCode: VENDOR,
  });
  await tellOverrides(world, cast, { submissionId, clusterCode, configManager: staff.configManager });
  await tellNextVersion(world, staff.configManager, version.id);
  await tellAudits(world, staff.configManager);
  return { workspaceId, people: [...Object.values(demoStaff), ...Object.values(seats)] };
}

/** The people whom the workbook names for its first cluster: they become approvers who can log in. */
async function findSeats(
  world: DemoWorld,
  manager: Person,
  configVersionId: string,
): Promise<{ clusterCode: string; seats: Record<string, DemoPerson> }> {
  const { clusters, clusterApprovers } = callerOf(world, manager);
  const { items } = await clusters.list({ configVersionId, scopeCode: SCOPE, limit: 1 });
  const clusterCode = items[0]?.clusterCode;
  if (clusterCode === undefined) throw new Error(`the workbook has no cluster of ${SCOPE}`);
  const roster = await clusterApprovers.list({ configVersionId, scopeCode: SCOPE, clusterCode });
  const seats = roster.items
    .filter(({ rank }) => rank === 1)
    .map(({ email, personName: name }): [string, DemoPerson] => [
      email,
      { email, name, roles: ['APPROVER'] },
    ]);
  return { clusterCode, seats: Object.fromEntries(seats) };
}

async function addSites(world: DemoWorld, clerk: Person, clusterCode: string): Promise<string[]> {
  const { sites } = callerOf(world, clerk);
  const ids: string[] = [];
  for (let number = 1; number <= SITES; number += 1) {
    const siteCode = `LKT-${String(number).padStart(3, '0')}`;
    const { id } = await sites.create({ siteCode, name: `Langkat ${number}`, region: 'NS', clusterCode });
    ids.push(id);
  }
  return ids;
}
