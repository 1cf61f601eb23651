import type { Node } from 'libpg-query';
import {
  type ArrangeOptions,
  aloneOf,
  type ExecutionUnit,
  mentionsOfPiece,
  reachOf,
  transactionOf,
} from './arrange.ts';
import type { ClassifiedPiece } from './classify-migrations.ts';
import { type ConstraintStep, constraintStepOf } from './constraint-step.ts';
import { inversesOf } from './inverse.ts';
import { dependOnEachOther, type Mentions } from './mentions.ts';
import type { Statement } from './parse.ts';

/** How the pending migrations can be applied in phases, the best way first; none where `obstacle` says why not. */
export interface Phasings {
  ways: ExecutionUnit[][];
  obstacle: Obstacle | undefined;
}

export type Obstacle =
  /** A statement that holds for the whole of its transaction. */
  | { kind: 'kept-together'; statement: Statement }
  /** No statement can be committed by itself under locks that let reads and writes pass. */
  | { kind: 'nothing-alone' }
  | { kind: 'too-many'; statements: number };

/** Each is compared with each. */
const MOST_STATEMENTS = 2_000;

/**
 * Arranges the pending migrations in phases: each `VALIDATE CONSTRAINT`, and what runs only outside a transaction, is
 * committed by itself; the transactions before it hold nothing but what it needs; the last one holds the rest. In the
 * first way nothing is committed before the last transaction that only the backup would undo.
 */
export function arrangeInPhases(pieces: readonly ClassifiedPiece[], options: ArrangeOptions): Phasings {
  const obstacle = obstacleIn(pieces);
  if (obstacle !== undefined) return { ways: [], obstacle };
  const needs = needsOf(pieces, options);
  const irreversible = needsIrreversible(pieces, needs);
  const mayBeAlone = pieces.map(mayRunAlone);
  const reversibly = mayBeAlone.map(
    (may, index) => may && (aloneOf(pieces[index]) !== undefined || !irreversible[index]),
  );
  const ways = [reversibly, mayBeAlone].filter(
    (alone, index, all) => index === 0 || alone.some((is, at) => is !== all[0]?.[at]),
  );
  return { ways: ways.map((alone) => takeTurns(pieces, needs, alone)), obstacle: undefined };
}

function obstacleIn(pieces: readonly ClassifiedPiece[]): Obstacle | undefined {
  const keeper = pieces.find(({ statement }) => KEEP_TOGETHER.has(statement?.kind ?? ''))?.statement;
  if (keeper !== undefined) return { kind: 'kept-together', statement: keeper };
  if (pieces.length > MOST_STATEMENTS) return { kind: 'too-many', statements: pieces.length };
  return pieces.some(mayRunAlone) ? undefined : { kind: 'nothing-alone' };
}

const KEEP_TOGETHER = new Set(['VariableSetStmt', 'LockStmt', 'ConstraintsSetStmt', 'TransactionStmt']);

function mayRunAlone(piece: ClassifiedPiece): boolean {
  return aloneOf(piece) !== undefined || stepOf(piece.statement?.node)?.kind === 'validate';
}

const stepOf = (node: Node | undefined): ConstraintStep | undefined => node && constraintStepOf(node);

/** Of each piece, the places of the pieces before it that must run before it. */
function needsOf(pieces: readonly ClassifiedPiece[], options: ArrangeOptions): number[][] {
  const steps = pieces.map(({ statement }) => stepOf(statement?.node));
  const reaches = pieces.map((piece, index) => reachInPhases(piece, index, { pieces, steps, options }));
  return pieces.map((_, index) =>
    reaches.flatMap((reach, before) =>
      before < index && mustPrecede(before, index, { reach, reaches, steps }) ? before : [],
    ),
  );
}

function reachInPhases(
  piece: ClassifiedPiece,
  index: number,
  all: {
    pieces: readonly ClassifiedPiece[];
    steps: readonly (ConstraintStep | undefined)[];
    options: ArrangeOptions;
  },
): Mentions {
  const reach = reachOf(piece, all.options);
  const step = all.steps[index];
  const alone = aloneOf(piece);
  // What a constraint is about stands only where it is added.
  const added = all.pieces.filter((_, at) => {
    const other = all.steps[at];
    return step?.kind === 'validate' && other?.kind === 'add' && overlap(step, other);
  });
  return {
    ...reach,
    relations: new Set([reach, ...added.map(mentionsOfPiece)].flatMap(({ relations }) => [...relations])),
    uses: new Set([reach, ...added.map(mentionsOfPiece)].flatMap(({ uses }) => [...uses])),
    opaque: reach.opaque || (alone !== undefined && alone.inverse === undefined),
  };
}

function mustPrecede(
  before: number,
  index: number,
  all: {
    reach: Mentions;
    reaches: readonly Mentions[];
    steps: readonly (ConstraintStep | undefined)[];
  },
): boolean {
  const [one, other] = [all.steps[before], all.steps[index]];
  // Constraints are added and validated independently of each other, also on one table.
  if (one !== undefined && other !== undefined) return overlap(one, other);
  const reach = all.reaches[index];
  return reach !== undefined && dependOnEachOther(all.reach, reach);
}

function overlap(one: ConstraintStep, other: ConstraintStep): boolean {
  return [...one.constraints].some((name) => other.constraints.has(name));
}

/** Of each piece, whether something that only the backup undoes must run before it. */
function needsIrreversible(pieces: readonly ClassifiedPiece[], needs: readonly number[][]): boolean[] {
  const isReversible = pieces.map((piece) => {
    const alone = aloneOf(piece);
    if (alone !== undefined) return alone.inverse !== undefined;
    return piece.statement === undefined || inversesOf(piece.statement.node) !== undefined;
  });
  const result: boolean[] = [];
  for (const before of needs) result.push(before.some((at) => !isReversible[at] || result[at] === true));
  return result;
}

/**
 * Transactions and what is alone take turns: what is alone as early as what it needs allows, what shares a transaction as
 * late as what needs it allows.
 */
function takeTurns(
  pieces: readonly ClassifiedPiece[],
  needs: readonly number[][],
  alone: readonly boolean[],
): ExecutionUnit[] {
  const earliest: number[] = [];
  for (const [index, before] of needs.entries()) {
    const turns = before.map((at) => (earliest[at] ?? 0) + (alone[at] && !alone[index] ? 1 : 0));
    earliest.push(Math.max(0, ...turns));
  }
  const last = Math.max(0, ...earliest.map((turn, index) => turn + (alone[index] ? 1 : 0)));
  const turnOf = pieces.map((_, index) => (alone[index] ? (earliest[index] ?? 0) : last));
  for (let index = pieces.length - 1; index >= 0; index -= 1) {
    for (const before of needs[index] ?? []) {
      if (!alone[before]) turnOf[before] = Math.min(turnOf[before] ?? last, turnOf[index] ?? last);
    }
  }
  const units: ExecutionUnit[] = [];
  for (let turn = 0; turn <= last; turn += 1) {
    const own = pieces
      .map((piece, index) => ({ piece, alone: alone[index] }))
      .filter((_, index) => turnOf[index] === turn);
    const together = own.filter((one) => !one.alone).map(({ piece }) => piece);
    // The last one holds the verification, whatever else.
    if (together.length > 0 || turn === last) units.push(transactionOf(together));
    for (const { piece } of own.filter((one) => one.alone))
      units.push(aloneOf(piece) ?? transactionOf([piece]));
  }
  return units;
}
