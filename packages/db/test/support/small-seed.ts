/** Enough of everything for rules to be broken on it, in seconds. */
export const smallSeed = { workspaces: 2, workflows: 400, until: new Date('2026-01-01T00:00:00Z') };
