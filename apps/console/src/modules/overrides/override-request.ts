import { isAppError } from '@apms/client';
import { OverrideType, RequestOverride } from '@apms/validators';
import { z } from 'zod';

/** What is entered to ask for an override. */
export const OverrideForm = z.object({
  overrideType: OverrideType,
  /** The stage, submission, cluster or region that it is for. */
  target: z.string(),
  roleCode: z.string(),
  fromUserId: z.string(),
  toUserId: z.string(),
  reason: z.string(),
  /** As `<input type="datetime-local">` gives it, in the reader's time; empty: at once, and until it is revoked. */
  effectiveFrom: z.string(),
  effectiveTo: z.string(),
});
export type OverrideForm = z.infer<typeof OverrideForm>;

/** A field in which something that the workspace knows is chosen. */
export type ChoiceField = 'target' | 'roleCode' | 'fromUserId' | 'toUserId';

/** In which field each thing that a request names is chosen; a stage is chosen before the form is opened. */
const chosenIn: Readonly<Record<string, ChoiceField>> = {
  submissionId: 'target',
  clusterCode: 'target',
  region: 'target',
  roleCode: 'roleCode',
  fromUserId: 'fromUserId',
  toUserId: 'toUserId',
};

/** The field whose choice the workspace does not know any more, when that is why a request was refused. */
export function refusedField(error: unknown): ChoiceField | null {
  if (!isAppError(error, 'REFERENCE_NOT_FOUND')) return null;
  return chosenIn[error.data.appError.field] ?? null;
}

/** {@link OverrideForm} as the request that it makes; what is wrong is said of the fields of the form. */
export const EnteredOverride = OverrideForm.transform((form, context): RequestOverride => {
  const result = RequestOverride.safeParse(requestOf(form));
  if (result.success) return result.data;
  for (const { path, message } of result.error.issues) {
    const name = String(path[0]);
    context.addIssue({ code: 'custom', path: [chosenIn[name] ?? name], message });
  }
  return z.NEVER;
});

function requestOf(form: OverrideForm): unknown {
  const { overrideType, target, reason, toUserId } = form;
  const targets = {
    STAGE: 'stageId',
    SUBMISSION: 'submissionId',
    CLUSTER: 'clusterCode',
    REGION: 'region',
  } as const;
  return {
    overrideType,
    [targets[overrideType]]: target,
    toUserId,
    reason,
    roleCode: textOf(form.roleCode),
    fromUserId: textOf(form.fromUserId),
    effectiveFrom: momentOf(form.effectiveFrom),
    effectiveTo: momentOf(form.effectiveTo),
  };
}

function textOf(text: string): string | undefined {
  return text.trim() === '' ? undefined : text;
}

/** What is no moment stays as it is: the schema refuses it. */
function momentOf(local: string): string | undefined {
  if (local === '') return undefined;
  const moment = new Date(local);
  return Number.isNaN(moment.getTime()) ? local : moment.toISOString();
}
