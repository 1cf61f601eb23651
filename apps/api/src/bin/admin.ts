#!/usr/bin/env node
import { type Database, openDatabase } from '@apms/db';
import {
  CreateUser,
  DisplayName,
  EmailAddress,
  MembershipRole,
  UpdateWorkspace,
  WorkspaceCode,
} from '@apms/validators';
import { Command, InvalidArgumentError, Option } from 'commander';
import type { z } from 'zod';
import { readViolation } from '../database-violation.ts';
import { createMissingMailer } from '../mailer.ts';
import { inviteUser } from '../modules/users/invite-user.ts';
import { createWorkspace } from '../modules/workspaces/create-workspace.ts';
import { createPasswordLinks } from '../password-links.ts';

/** What the operator did wrong, said in one sentence. */
class Refusal extends Error {}

const program = new Command('admin')
  .description(
    'What is done before anybody can sign in. The database is DATABASE_URL; links lead to the\n' +
      'API at API_URL.',
  )
  .showHelpAfterError('(admin --help shows how)')
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));

program
  .command('create-workspace')
  .description('make a workspace and its first administrator; prints the link for their password')
  .requiredOption('--code <code>', 'its short name, unique', accepted(WorkspaceCode))
  .requiredOption('--name <name>', 'its name', accepted(UpdateWorkspace.shape.name))
  .requiredOption('--admin-email <email>', 'the address of its administrator', accepted(EmailAddress))
  .option('--admin-name <name>', 'the name of its administrator', accepted(DisplayName))
  .action(async (flags: { code: string; name: string; adminEmail: string; adminName?: string }) => {
    const { code, name, adminEmail: email, adminName = email } = flags;
    await withDatabase(async (database) => {
      const { workspaceId, userId, status } = await createWorkspace(
        database,
        { code, name, admin: { email, name: adminName } },
        new Date(),
      ).catch((error: unknown) => {
        if (readViolation(error)?.constraint !== 'ux_workspaces_code') throw error;
        throw new Refusal(`There is a workspace ${code} already.`);
      });
      console.log(`Workspace ${code} has the id ${workspaceId}; ${email} is its ADMIN.`);
      await sayHowToSignIn(database, userId, status);
    });
  });

program
  .command('invite')
  .description('make somebody a member of a workspace; prints the link for their first password')
  .requiredOption('--workspace <code>', 'the code of the workspace', accepted(WorkspaceCode))
  .requiredOption('--email <email>', 'the address of the person', accepted(EmailAddress))
  .option('--name <name>', 'the name of the person', accepted(DisplayName))
  .addOption(
    new Option('--role <role...>', 'what they may do')
      .choices(MembershipRole.options)
      .default(['VIEWER'], 'VIEWER'),
  )
  .action(async (flags: { workspace: string; email: string; name?: string; role: string[] }) => {
    const { workspace, email, name = email } = flags;
    await withDatabase(async (database) => {
      const user = CreateUser.parse({ email, name, roles: flags.role });
      const invited = await inviteUser(database, workspace, user, new Date());
      if (invited === null) throw new Refusal(`There is no workspace ${workspace}.`);
      console.log(`${email} is ${user.roles.join(', ')} in ${workspace}.`);
      await sayHowToSignIn(database, invited.userId, invited.status);
    });
  });

async function sayHowToSignIn(database: Database, userId: string, status: string): Promise<void> {
  if (status !== 'PENDING') {
    console.log(`The account existed before and is ${status}; its password stays as it is.`);
    return;
  }
  const links = createPasswordLinks({ database, mailer: createMissingMailer(), apiUrl: apiUrl() });
  console.log(`To set a password, once and within seven days:\n${await links.createInvitation(userId)}`);
}

function apiUrl(): string {
  const given = process.env['API_URL'] ?? '';
  if (!URL.canParse(given)) throw new Refusal('Set API_URL to where the API is reached from outside.');
  return given;
}

async function withDatabase(work: (database: Database) => Promise<void>): Promise<void> {
  const connectionString = process.env['DATABASE_URL'] ?? '';
  if (connectionString === '') throw new Refusal('Set DATABASE_URL.');
  // Before anything is written.
  apiUrl();
  const database = openDatabase({ connectionString, max: 2, applicationName: 'apms admin' });
  try {
    await work(database);
  } finally {
    await database.close();
  }
}

/** A reader of an option that takes what the schema takes. */
function accepted(schema: z.ZodType<string>): (text: string) => string {
  return (text) => {
    const read = schema.safeParse(text);
    if (read.success) return read.data;
    throw new InvalidArgumentError(read.error.issues.map(({ message }) => message).join('; '));
  };
}

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof Error)) throw error;
  console.error(error instanceof Refusal ? error.message : `Nothing was changed: ${error.message}`);
  process.exitCode = error instanceof Refusal ? 2 : 1;
}
