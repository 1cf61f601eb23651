import { describeRun } from '../describe.ts';
import { type Migration, tableMigration } from '../migration.ts';
import { isNoticed } from '../notices.ts';
import type { Observation } from '../scenario.ts';
import type { Stage } from '../stage.ts';

/** Applied before anything is tampered with, and pending after it. */
export const [FIRST, SECOND, NEXT] = [
  tableMigration(20, 'first'),
  tableMigration(30, 'second'),
  tableMigration(40, 'next'),
];

/**
 * Deploys two migrations and again, changes something, and deploys once more with nothing pending, and with one
 * migration more: does the tool say anything, or does the command that it has for looking?
 */
export async function observeTampering(stage: Stage, tamper: () => Promise<unknown>): Promise<Observation> {
  await stage.write(FIRST, SECOND);
  await stage.deploy();
  const [before, auditBefore] = [await stage.deploy(), await stage.audit()];
  await tamper();
  const [auditAfter, after] = [await stage.audit(), await stage.deploy()];
  await stage.write(FIRST, SECOND, NEXT);
  await tamper();
  const onwards = await stage.deploy();
  const isDeployed = (await stage.tables()).includes('next_table');
  const byDeploy = isNoticed(before, after) || isNoticed(before, onwards);
  const audit = auditAfter === undefined ? undefined : stage.tool.typed.audit;
  const byAudit = isNoticed(auditBefore, auditAfter);
  const saidBy = byDeploy ? 'says so' : byAudit ? `only \`${audit}\` says so` : 'says nothing';
  return {
    verdict: byDeploy ? 'noticed' : byAudit ? 'noticed-by-audit' : 'unnoticed',
    fact: `${saidBy}, ${describeRun(after)}; the next migration: ${isDeployed ? 'deployed' : 'not deployed'}, ${describeRun(onwards)}`,
  };
}

/** What makes a migration's file another one, and not another table. */
export function edited({ sql }: Migration, text: string): string {
  return text.replace(sql, sql.replace('(id int primary key)', '(id int primary key, added text)'));
}
