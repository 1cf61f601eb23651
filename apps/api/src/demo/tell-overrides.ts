import type { Person } from '../person.ts';
import { callerOf, type DemoWorld } from './demo-caller.ts';
import type { Cast } from './tell-submissions.ts';

export interface Absence {
  readonly submissionId: string;
  readonly clusterCode: string;
  readonly configManager: Person;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** Somebody is away: one override is in force for a submission, one for the whole cluster waits to be approved. */
export async function tellOverrides(
  world: DemoWorld,
  { docControl, approvers }: Cast,
  { submissionId, clusterCode, configManager }: Absence,
): Promise<void> {
  const [first, second, third] = approvers;
  if (first === undefined || second === undefined || third === undefined) {
    throw new Error('the chain has too few seats');
  }
  const { overrides } = callerOf(world, docControl);
  const now = world.services.clock().getTime();
  const inDays = (days: number) => new Date(now + days * DAY_MS).toISOString();
  const { id: overrideId } = await overrides.request({
    overrideType: 'SUBMISSION',
    submissionId,
    fromUserId: first.userId,
    toUserId: third.userId,
    reason: `${first.name} is on leave.`,
    effectiveTo: inDays(7),
  });
  await callerOf(world, configManager).overrides.approve({ overrideId, comment: 'Until the leave is over.' });
  await overrides.request({
    overrideType: 'CLUSTER',
    clusterCode,
    fromUserId: second.userId,
    toUserId: first.userId,
    reason: `${second.name} moves to another region.`,
    effectiveFrom: inDays(1),
    effectiveTo: inDays(30),
  });
}
