import { type AppErrorData, ConfigVersionStatus } from '@apms/validators';
import type { Constraint, Constraints } from './constraints.ts';
import { type DatabaseViolation, readViolation } from './database-violation.ts';
import { AppError } from './errors.ts';

/** SQLSTATEs by which the server says that it goes away or cannot take the connection. */
const UNAVAILABLE = /^(?:08...|57P0[1-3]|53300)$/;
const LOST_CONNECTION =
  /ECONNREFUSED|ECONNRESET|EPIPE|ENOTFOUND|Connection terminated|timeout exceeded when trying to connect|not queryable|Query read timeout/;

/** What is known beside the error: the schema's constraints, and the input that the procedure was called with. */
export interface FailureSurroundings {
  readonly constraints: Constraints;
  readonly input: unknown;
}

/**
 * The error that a caller is told: what the database refused becomes the same typed error that checking first
 * would have given. What nobody expected stays INTERNAL, with the cause for the log.
 */
export function explainFailure(error: unknown, surroundings: FailureSurroundings): AppError {
  if (error instanceof AppError) return error;
  const violation = readViolation(error);
  const data = violation === null ? explainOther(error) : explainViolation(violation, surroundings);
  return new AppError(data, { cause: error });
}

function explainOther(error: unknown): AppErrorData {
  const text = error instanceof Error ? `${error.message} ${codeOf(error)}` : '';
  return LOST_CONNECTION.test(text) ? { code: 'DATABASE_UNAVAILABLE' } : { code: 'INTERNAL' };
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}

function explainViolation(
  violation: DatabaseViolation,
  { constraints, input }: FailureSurroundings,
): AppErrorData {
  const { sqlState, message } = violation;
  const constraint = violation.constraint ?? sqlState;
  const key = constraints.get(constraint);
  const entity = violation.table ?? key?.table ?? 'row';
  if (UNAVAILABLE.test(sqlState)) return { code: 'DATABASE_UNAVAILABLE' };
  switch (sqlState) {
    case '23503':
    case '23001':
      return message.startsWith('update or delete')
        ? {
            code: 'ENTITY_IN_USE',
            entity: key?.referencedTable ?? entity,
            id: null,
            usedBy: key?.table ?? entity,
          }
        : missingReference(entity, key, input);
    case '23505': {
      const fields = (key?.columns ?? [constraint]).map(camelCase);
      const values = fields.map((field) => valueOf(input, field));
      return {
        code: 'ENTITY_DUPLICATE',
        entity,
        fields,
        value: values.includes(null) ? null : values.join(', '),
      };
    }
    case '23502': // not null
    case '23514': // check
    case '22001': // too long
    case '22003': // out of range
    case '22021': // not in the encoding
    case '22P02': // not of the type
    case '22P05': // not translatable
    case 'ZP002': // lifecycle of a version
    case 'ZP003': // deletion of a version
    case 'ZP004': // workflow is frozen to its version
      return { code: 'CONSTRAINT_VIOLATED', entity, constraint };
    case 'ZP001':
      return frozenVersion(message) ?? { code: 'CONSTRAINT_VIOLATED', entity, constraint };
    case 'ZP005':
      return { code: 'HISTORY_IMMUTABLE', entity };
    case '40001': // serialization
    case '40P01': // deadlock
    case '55P03': // lock not available
      return { code: 'TRANSACTION_CONFLICT' };
    case '57014': // statement_timeout
      return { code: 'TIMED_OUT' };
    default:
      return { code: 'INTERNAL' };
  }
}

/** The guard of configuration rows tells its version and status only in its sentence. */
function frozenVersion(message: string): AppErrorData | null {
  const told = /config version (\S+) (?:cannot change: the version )?is (\w+)/.exec(message);
  const status = ConfigVersionStatus.safeParse(told?.[2]);
  const configVersionId = told?.[1];
  if (configVersionId === undefined || !status.success) return null;
  return { code: 'CONFIG_VERSION_NOT_DRAFT', configVersionId, status: status.data };
}

function missingReference(entity: string, key: Constraint | undefined, input: unknown): AppErrorData {
  const field = camelCase(key?.columns[0] ?? 'reference');
  return {
    code: 'REFERENCE_NOT_FOUND',
    entity: key?.referencedTable ?? entity,
    field,
    id: valueOf(input, field),
  };
}

/** The value of a field of the input, as text. */
function valueOf(input: unknown, field: string): string | null {
  if (typeof input !== 'object' || input === null) return null;
  const value: unknown = Reflect.get(input, field);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}

function camelCase(column: string): string {
  return column.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}
