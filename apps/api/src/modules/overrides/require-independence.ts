import { AppError } from '../../errors.ts';

/**
 * Neither who asked for an override nor who gains by it judges it.
 * @source domain, lifecycles, override
 * @throws {AppError} OVERRIDE_SELF_APPROVED
 */
export function requireIndependence(
  judgeId: string,
  { id, requestedById, toUserId }: { id: string; requestedById: string; toUserId: string },
): void {
  const as = judgeId === requestedById ? 'requester' : judgeId === toUserId ? 'beneficiary' : null;
  if (as !== null) throw new AppError({ code: 'OVERRIDE_SELF_APPROVED', overrideId: id, as });
}
