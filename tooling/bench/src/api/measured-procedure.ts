import type { BenchPerson } from './bench-world.ts';
import type { ApiCall } from './call-api.ts';
import type { FloorProcedure } from './floor-options.ts';
import type { Subject } from './statement-plan.ts';

/** A procedure that is measured beside the floor. */
export interface MeasuredProcedure {
  readonly name: string;
  readonly procedure: string;
  readonly kind: ApiCall['kind'];
  readonly person: BenchPerson;
  readonly inputOf: (subject: Subject) => unknown;
  readonly gives: FloorProcedure['gives'];
  /** What the calls are about: of a mutation each once, of a query again and again. */
  readonly subjects: readonly Subject[];
  /** Calls of one run. */
  readonly amount: number;
  /** How many times the floor's requests a second are due; undefined when it is only told. */
  readonly goal?: number;
}
