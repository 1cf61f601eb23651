import type { ApproverSource, PolicyMatch, RoutedStage, UserStatus } from '@apms/validators';
import { AppError } from '../../errors.ts';
import { evaluateAssignmentRule } from './evaluate-assignment-rule.ts';
import { followOverrides } from './follow-overrides.ts';
import type { PolicyStage, RoutingFacts, RoutingQuestion } from './read-routing.ts';
import { type Candidate, type ChosenApprover, resolveApprover } from './resolve-approver.ts';
import { resolvePolicy } from './resolve-policy.ts';

/** The person whom a stage goes to, and why. */
export interface RoutedApprover {
  readonly id: string;
  readonly name: string;
  readonly status: UserStatus;
  readonly source: ApproverSource;
  readonly overrideId: string | null;
  readonly insteadOfId: string | null;
}

/** A stage of the policy with its approver. */
export interface RoutedSeat extends PolicyStage {
  readonly approver: RoutedApprover | null;
}

/** Which chain applies and who approves; what a workflow is frozen to. */
export interface Routing {
  readonly question: RoutingQuestion;
  readonly version: NonNullable<RoutingFacts['version']>;
  readonly site: NonNullable<RoutingFacts['site']>;
  readonly scopeId: string;
  readonly vendorId: string | null;
  readonly clusterCode: string | null;
  readonly region: string | null;
  readonly policy: RoutingFacts['policies'][number];
  readonly matchedBy: PolicyMatch;
  /** In the order in which they open. */
  readonly seats: readonly RoutedSeat[];
}

/**
 * Decides which chain applies and who approves each stage, overrides in force included.
 * @throws {AppError} REFERENCE_NOT_FOUND for an unknown site; CONFIG_VERSION_MISSING; POLICY_NOT_FOUND;
 * APPROVER_NOT_FOUND for the first required stage in whose seat nobody could decide
 */
export function resolveRouting(question: RoutingQuestion, facts: RoutingFacts): Routing {
  const { scopeCode, vendorCode, atpCategory, siteId } = question;
  const { version, site, scopeId } = facts;
  if (site === null) {
    throw new AppError({ code: 'REFERENCE_NOT_FOUND', entity: 'sites', field: 'siteId', id: siteId });
  }
  if (version === null) throw new AppError({ code: 'CONFIG_VERSION_MISSING', sourceType: 'APPROVAL_MATRIX' });
  const found = resolvePolicy(facts.policies, question);
  const stages = facts.stages.filter(({ policyId }) => policyId === found?.policy.id).toSorted(compareStages);
  if (found === undefined || scopeId === null || stages.length === 0) {
    throw new AppError({
      code: 'POLICY_NOT_FOUND',
      configVersionId: version.id,
      scopeCode,
      vendorCode,
      atpCategory,
    });
  }
  const region = facts.clusterRegion ?? site.region;
  const seats = seatStages(stages, facts, { scopeCode, vendorCode, region, clusterCode: site.clusterCode });
  const empty = seats.find(({ isRequired, approver }) => isRequired && approver === null);
  const missing = empty ?? (seats.every(({ approver }) => approver === null) ? seats[0] : undefined);
  if (missing !== undefined) {
    const { roleCode, stageNumber } = missing;
    throw new AppError({
      code: 'APPROVER_NOT_FOUND',
      roleCode,
      stageNumber,
      clusterCode: missing.assignmentMode === 'CLUSTER' ? site.clusterCode : null,
    });
  }
  const { vendorId } = facts;
  const { clusterCode } = site;
  return { question, version, site, scopeId, vendorId, clusterCode, region, ...found, seats };
}

function compareStages(a: PolicyStage, b: PolicyStage): number {
  return (
    a.stageNumber - b.stageNumber || a.sequenceOrder - b.sequenceOrder || (a.roleCode < b.roleCode ? -1 : 1)
  );
}

type Place = Parameters<typeof evaluateAssignmentRule>[1];

/** What a chain has just given to somebody counts as their load, so that it does not ask one person twice. */
function seatStages(stages: readonly PolicyStage[], facts: RoutingFacts, place: Place): RoutedSeat[] {
  const people = new Map(facts.people.map((person) => [person.id, person]));
  const candidate = (userId: string | null): Candidate | null => {
    const person = userId === null ? undefined : people.get(userId);
    return person === undefined ? null : { userId: person.id, status: person.status };
  };
  const given: string[] = [];
  return stages.map((stage) => {
    const ofSeat = <T extends { roleId: string; userId: string }>(rows: readonly T[]) =>
      rows.flatMap((row) => {
        const person = row.roleId === stage.roleId ? candidate(row.userId) : null;
        return person === null ? [] : [{ ...row, ...person }];
      });
    const base = resolveApprover({
      assignmentMode: stage.assignmentMode,
      roster: ofSeat(facts.roster),
      staticUser: candidate(stage.staticUserId),
      ruleUser: candidate(
        stage.assignmentMode === 'RULE' ? evaluateAssignmentRule(stage.assignmentRule, place) : null,
      ),
      holders: ofSeat(facts.holders).map((holder) => ({
        ...holder,
        load: holder.load + given.filter((userId) => userId === holder.userId).length,
      })),
    });
    const approver = seatApprover(base, stage.roleCode, facts);
    if (approver !== null) given.push(approver.id);
    return { ...stage, approver };
  });
}

function seatApprover(
  base: ChosenApprover | null,
  roleCode: string,
  { overrides, people }: RoutingFacts,
): RoutedApprover | null {
  const baseId = base?.userId ?? null;
  const { approverId, path } = followOverrides(overrides, { id: null, roleCode, approverId: baseId });
  const person = people.find(({ id }) => id === approverId);
  if (person === undefined) return null;
  const override = approverId === baseId ? undefined : path.at(-1);
  if (override !== undefined)
    return { ...person, source: 'OVERRIDE', overrideId: override.id, insteadOfId: baseId };
  return base && { ...person, source: base.source, overrideId: null, insteadOfId: null };
}

/** What callers see of a routed stage. */
export function toRoutedStage({
  stageNumber,
  sequenceOrder,
  parallelGroup,
  isRequired,
  roleCode,
  roleName,
  slaHours,
  assignmentMode,
  approver,
}: RoutedSeat): RoutedStage {
  return {
    stageNumber,
    sequenceOrder,
    parallelGroup,
    isRequired,
    roleCode,
    roleName,
    slaHours,
    assignmentMode,
    approver,
  };
}
