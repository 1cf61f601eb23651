import type { Person } from '../person.ts';
import { callerOf, type DemoWorld } from './demo-caller.ts';

/** The next workbook lies there as a DRAFT: clusters and vendors that differ from those of the ACTIVE version. */
export async function tellNextVersion(
  world: DemoWorld,
  manager: Person,
  activeVersionId: string,
): Promise<void> {
  const { configVersions, clusters, vendors } = callerOf(world, manager);
  const workbook = await configVersions.export({ configVersionId: activeVersionId });
  const { id: configVersionId } = await configVersions.import({ documentId: workbook.id });
  const { items } = await clusters.list({ configVersionId, limit: 4 });
  const [gone, ...kept] = items;
  if (gone !== undefined) await clusters.delete({ clusterId: gone.id });
  for (const { id: clusterId, siteCount } of kept)
    await clusters.update({ clusterId, siteCount: siteCount + 3 });
  await vendors.create({ configVersionId, vendorCode: 'NORTH-TOWER', vendorName: 'North Tower Works' });
}
