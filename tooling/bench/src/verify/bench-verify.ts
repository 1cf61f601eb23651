import { applyMigration } from '@apms/db/testing';
import type { Bench } from '../bench.ts';
import type { Section } from '../section.ts';
import { createSeededDatabase, pendingMigrations } from '../server/seeded-database.ts';
import { measureCatalogChecks } from './catalog-checks.ts';
import { measureOrphanAudit } from './orphan-audit.ts';

/** `bench verify`: the validation suite and the orphan audit on a database with every migration. */
export async function benchVerify(bench: Bench, sizeMb: number): Promise<Section[]> {
  const { server } = bench;
  const seeded = await createSeededDatabase(bench, sizeMb);
  return server.withClient(seeded.name, (first) =>
    server.withClient(seeded.name, async (second) => {
      for (const { name, script } of await pendingMigrations()) await applyMigration(first, name, script);
      await first.query('vacuum analyze');
      bench.note('the suite and the orphan audit');
      const lines = [
        await measureCatalogChecks(first, bench.runs),
        await measureOrphanAudit([first, second], bench.runs),
      ];
      const megabytes = Math.round(seeded.sizeBytes / 1e6).toLocaleString('en');
      const title = `${megabytes} MB, ${seeded.rows.toLocaleString('en')} rows`;
      return [{ title, lines, parts: undefined }];
    }),
  );
}
