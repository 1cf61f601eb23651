import type { CheckProblem, ForeignKey } from '@apms/validators';
import { auditOrphans } from './audit-orphans.ts';
import type { Check, CheckContext } from './check.ts';
import { listForeignKeys } from './list-foreign-keys.ts';
import { masterTables } from './master-tables.ts';
import { findActiveIndexFaults } from './schema/find-active-index-faults.ts';
import { findMissingReferences } from './schema/find-missing-references.ts';
import { readSchemaCatalog, type SchemaCatalog } from './schema/read-schema-catalog.ts';

const foreignKeyFloor = 45;
const checkFloor = 21;

/** The schema is all there and the database itself vouches for every reference. */
export const c1SchemaIntegrity: Check = {
  code: 'C1',
  title: 'Schema integrity',
  async run(context) {
    const catalog = await readSchemaCatalog(context.client);
    const foreignKeys = await listForeignKeys(context.client);
    const audit = await auditReferences(context, catalog, foreignKeys);
    return {
      figures: {
        tables: catalog.tables.length,
        foreignKeys: catalog.foreignKeys,
        unvalidatedForeignKeys: catalog.unvalidated.filter(({ kind }) => kind === 'f').length,
        checks: catalog.checks,
        ...audit.figures,
      },
      problems: [...findSchemaFaults(catalog, foreignKeys), ...audit.problems],
    };
  },
};

function findSchemaFaults(catalog: SchemaCatalog, foreignKeys: readonly ForeignKey[]): CheckProblem[] {
  const missing = masterTables.filter((table) => !catalog.tables.includes(table));
  return [
    ...missing.map((table) => ({ message: `table ${table} is missing`, table })),
    ...(catalog.foreignKeys < foreignKeyFloor
      ? belowFloor('foreign keys', catalog.foreignKeys, foreignKeyFloor)
      : findMissingReferences(catalog, foreignKeys)),
    ...(catalog.checks < checkFloor ? belowFloor('checks', catalog.checks, checkFloor) : []),
    ...catalog.unvalidated.map(({ table, name, kind }) => ({
      message: `${kind === 'f' ? 'foreign key' : 'check'} ${name} is not validated`,
      table,
    })),
    ...catalog.unenforced.map(({ table, name }) => ({
      message: `foreign key ${name} is not enforced: its trigger is disabled`,
      table,
    })),
    ...(missing.includes('config_versions') ? [] : findActiveIndexFaults(catalog.activeIndex)),
  ];
}

function belowFloor(what: string, count: number, floor: number): CheckProblem[] {
  return [{ message: `${count} ${what} on the master tables, at least ${floor} expected`, count }];
}

async function auditReferences(
  { client, options }: CheckContext,
  { unenforced }: SchemaCatalog,
  foreignKeys: readonly ForeignKey[],
) {
  const isProven = ({ name, table, validated }: ForeignKey): boolean =>
    validated && !unenforced.some((key) => key.table === table && key.name === name);
  const { orphans } = options;
  const toScan = orphans === 'trust-validated' ? foreignKeys.filter((key) => !isProven(key)) : foreignKeys;
  const { checked, findings } = typeof orphans === 'object' ? orphans : await auditOrphans([client], toScan);
  const problems: CheckProblem[] = findings.map(({ foreignKey, count, sampleIds }) => ({
    message: `${foreignKey.table} (${foreignKey.columns.join(', ')}) refers to ${count} missing rows of ${foreignKey.referencedTable} (${foreignKey.name})`,
    table: foreignKey.table,
    count,
    sampleIds,
  }));
  return {
    problems,
    figures: {
      keysScanned: checked,
      keysProvenByDatabase: foreignKeys.length - toScan.length,
      orphans: findings.reduce((sum, { count }) => sum + count, 0),
    },
  };
}
