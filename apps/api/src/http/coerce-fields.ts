import { z } from 'zod';

/**
 * The fields of a query or a path, which are all text, as what the schema wants: numbers, booleans, lists. What does
 * not read as such stays text, for the schema to refuse.
 */
export function coerceFields(
  schema: z.core.$ZodType | undefined,
  fields: unknown,
): Readonly<Record<string, unknown>> {
  if (typeof fields !== 'object' || fields === null) return {};
  const shape = schema === undefined ? {} : shapeOf(schema);
  const entries = Object.entries(fields).map(([name, value]: [string, unknown]) => {
    const wanted = Object.hasOwn(shape, name) ? shape[name] : undefined;
    return [name, wanted === undefined ? value : coerce(wanted, value)] as const;
  });
  return Object.fromEntries(entries);
}

function coerce(schema: z.core.$ZodType, value: unknown): unknown {
  const inner = unwrap(schema);
  if (inner instanceof z.ZodArray) {
    const { element } = inner;
    return (Array.isArray(value) ? value : [value]).map((item: unknown) => coerce(element, item));
  }
  if (typeof value !== 'string') return value;
  if (inner instanceof z.ZodNumber) return /^-?\d+(?:\.\d+)?$/.test(value) ? Number(value) : value;
  if (inner instanceof z.ZodBoolean) return value === 'true' || (value === 'false' ? false : value);
  return value;
}

function shapeOf(schema: z.core.$ZodType): Readonly<Record<string, z.core.$ZodType>> {
  const inner = unwrap(schema);
  return inner instanceof z.ZodObject ? inner.shape : {};
}

/** The schema within those that only say what else may be there, or what is done before or after. */
function unwrap(schema: z.core.$ZodType): z.core.$ZodType {
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodReadonly
  ) {
    return unwrap(schema.unwrap());
  }
  return schema instanceof z.ZodPipe ? unwrap(schema.in) : schema;
}
