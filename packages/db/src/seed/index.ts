export { orphanRelations, type PlantedOrphans, plantOrphans } from './plant-orphans.ts';
export { type SeedFigures, seedDatabase } from './seed-database.ts';
export { SeedError, type SeedErrorCode } from './seed-error.ts';
export type { SeedOptions, SeedProgress } from './seed-plan.ts';
