import { take } from './lifecycle-model.ts';
import {
  type Action,
  illegal,
  type Model,
  type ModelChains,
  type ModelSubmission,
} from './lifecycle-state.ts';

/** The versions that a walk activates: the usual one, one with shorter chains, and one that no longer knows MW. */
export const versions: readonly [ModelChains, ModelChains, ModelChains] = [
  { RAN: [['RTS'], ['RTH'], ['NOC_HEAD']], MW: [['RTS'], ['RTH', 'PMO'], ['NOC_HEAD']] },
  { RAN: [['RTS']], MW: [['RTS'], ['RTH', 'PMO']] },
  { RAN: [['RTS', 'PMO'], ['RTH']] },
];

/** How many sites a walk submits, and how often. */
export const places = 2;
const mostSubmissions = 5;

type Weighted = readonly [action: Action, weight: number];

/** The action that a number stands for: one that must succeed in the present state, or one that must fail. */
export function choose(model: Model, { roll, legal }: { roll: number; legal: boolean }): Action {
  const all = candidates(model).map(([action, weight]) => {
    return { action, weight, failure: take(model, action, 'right').failure };
  });
  const possible = all.filter(({ failure }) => failure === null);
  const refused = all.filter(({ failure }) => failure !== null);
  // Most are just not possible in the present state: every other reason is likelier, however rare its state.
  const special = refused.filter(({ failure }) => failure !== illegal);
  const among = special.length > 0 && roll % 3 > 0 ? special : refused;
  const ways = [...Map.groupBy(among, ({ action, failure }) => `${action.kind} ${failure}`).values()];
  const way = legal ? undefined : ways[Math.floor(roll / 3) % ways.length];
  return pick(way ?? possible, Math.floor(roll / 3 / Math.max(1, ways.length)));
}

function pick(choices: readonly { action: Action; weight: number }[], roll: number): Action {
  let rest = roll % choices.reduce((sum, { weight }) => sum + weight, 0);
  for (const { action, weight } of choices) {
    rest -= weight;
    if (rest < 0) return action;
  }
  throw new RangeError('something can always be done: a version can be activated');
}

function candidates({ submissions }: Model): Weighted[] {
  return [
    ...versions.map((chains): Weighted => [{ kind: 'activate', chains }, 1]),
    ...(submissions.length < mostSubmissions ? creations() : []),
    ...submissions.flatMap((submission, index) => ofSubmission(submission, index)),
  ];
}

function creations(): Weighted[] {
  return Array.from({ length: places }, (_, place) => place).flatMap((place): Weighted[] => [
    [{ kind: 'create', place, scope: 'RAN' }, 4],
    [{ kind: 'create', place, scope: 'MW' }, 4],
  ]);
}

function ofSubmission({ workflows, lists }: ModelSubmission, submission: number): Weighted[] {
  const workflow = workflows.at(-1);
  return [
    [{ kind: 'attach', submission }, 5],
    [{ kind: 'detach', submission }, 1],
    [{ kind: 'submit', submission }, 25],
    [{ kind: 'resubmit', submission }, 40],
    [{ kind: 'acceptQa', submission }, 30],
    [{ kind: 'returnQa', submission }, 3],
    [{ kind: 'complete', submission }, 3],
    [{ kind: 'cancel', submission }, 1],
    ...(workflow?.stages ?? []).flatMap(({ seat }): Weighted[] => [
      [{ kind: 'decide', submission, seat, decision: 'APPROVE', severities: [] }, 20],
      [{ kind: 'decide', submission, seat, decision: 'APPROVE_WITH_PUNCHLIST', severities: ['MINOR'] }, 8],
      [
        {
          kind: 'decide',
          submission,
          seat,
          decision: 'APPROVE_WITH_PUNCHLIST',
          severities: ['MAJOR', 'MINOR'],
        },
        2,
      ],
      [{ kind: 'decide', submission, seat, decision: 'REJECT', severities: ['CRITICAL'] }, 8],
      [{ kind: 'decide', submission, seat, decision: 'REJECT', severities: ['MINOR', 'CRITICAL'] }, 6],
      [{ kind: 'decide', submission, seat, decision: 'APPROVE', severities: ['MINOR'] }, 1],
      [{ kind: 'decide', submission, seat, decision: 'APPROVE_WITH_PUNCHLIST', severities: ['CRITICAL'] }, 1],
      [{ kind: 'decide', submission, seat, decision: 'APPROVE_WITH_PUNCHLIST', severities: [] }, 1],
      [{ kind: 'decide', submission, seat, decision: 'REJECT', severities: ['MAJOR'] }, 1],
      [{ kind: 'skip', submission, seat }, 3],
    ]),
    ...(workflow === undefined ? [] : ofWorkflow(submission)),
    ...lists.flatMap(({ items }, list) => items.flatMap((_, item) => ofItem({ submission, list, item }))),
  ];
}

function ofWorkflow(submission: number): Weighted[] {
  return [
    [{ kind: 'hold', submission }, 3],
    [{ kind: 'resume', submission }, 20],
    [{ kind: 'cancelWorkflow', submission }, 1],
  ];
}

function ofItem(item: { submission: number; list: number; item: number }): Weighted[] {
  return [
    [{ kind: 'rectify', ...item }, 15],
    [{ kind: 'rectifyWithoutEvidence', ...item }, 1],
    [{ kind: 'validate', ...item }, 15],
    [{ kind: 'close', ...item }, 15],
    [{ kind: 'reopen', ...item }, 1],
  ];
}
