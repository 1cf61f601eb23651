import { c1SchemaIntegrity } from './c1-schema-integrity.ts';
import { c2TypeAlignment } from './c2-type-alignment.ts';
import { c3ConfigLifecycle } from './c3-config-lifecycle.ts';
import { c4FreezeByReference } from './c4-freeze-by-reference.ts';
import { c5WorkspaceIsolation } from './c5-workspace-isolation.ts';
import { c6Runtime } from './c6-runtime.ts';
import type { Check } from './check.ts';
import { i1Indexes } from './i1-indexes.ts';
import { i2DataConstraints } from './i2-data-constraints.ts';
import { i3AuditTrail } from './i3-audit-trail.ts';
import { n1Benchmarks } from './n1-benchmarks.ts';

/** The checks that the database itself can answer, in their order. N2 is about files. */
export const checks: readonly Check[] = [
  c1SchemaIntegrity,
  c2TypeAlignment,
  c3ConfigLifecycle,
  c4FreezeByReference,
  c5WorkspaceIsolation,
  c6Runtime,
  i1Indexes,
  i2DataConstraints,
  i3AuditTrail,
  n1Benchmarks,
];
