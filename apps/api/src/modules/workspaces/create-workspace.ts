import { type Database, newId, Prisma } from '@apms/db';
import type { UserStatus } from '@apms/validators';
import { recordAuditEvent } from '../../audit.ts';
import { addMember } from '../users/add-member.ts';

export interface NewWorkspace {
  readonly code: string;
  readonly name: string;
  readonly admin: { readonly email: string; readonly name: string };
}

export interface CreatedWorkspace {
  readonly workspaceId: string;
  readonly userId: string;
  /** Of the administrator; PENDING for somebody who has no password yet. */
  readonly status: UserStatus;
}

/** A workspace with its first administrator, made by whoever operates the system. Rejects when there is one of the code. */
export async function createWorkspace(
  database: Database,
  { code, name, admin }: NewWorkspace,
  now: Date,
): Promise<CreatedWorkspace> {
  const workspaceId = newId();
  const db = database.inWorkspace({ workspaceId, userId: '' });
  return await db.transaction(async (tx) => {
    await tx.query(Prisma.sql`
      insert into workspaces (id, code, name, created_at, updated_at)
      values (${workspaceId}::uuid, ${code}, ${name}, ${now}, ${now})`);
    const { userId, status } = await addMember(
      tx,
      workspaceId,
      { ...admin, phone: null, roles: ['ADMIN'] },
      now,
    );
    await recordAuditEvent(
      tx,
      { db, now, requestId: 'admin' },
      {
        action: 'workspaces.create',
        entityType: 'workspace',
        entityId: workspaceId,
        details: { code, name, admin: admin.email },
      },
    );
    return { workspaceId, userId, status };
  });
}
