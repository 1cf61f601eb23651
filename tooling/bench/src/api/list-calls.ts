import type { Client } from 'pg';
import { z } from 'zod';
import type { BenchWorld } from './bench-world.ts';
import { select } from './bench-world.ts';
import type { ApiCall } from './call-api.ts';

/** A procedure that gives page by page, as the API describes itself. */
export interface ListProcedure {
  readonly procedure: string;
  readonly fields: readonly ListField[];
}

export interface ListField {
  readonly name: string;
  readonly isRequired: boolean;
  readonly schema: { readonly type?: string | undefined; readonly enum?: readonly string[] | undefined };
}

/** A way to call a list. */
export interface ListCall extends ApiCall {
  readonly name: string;
  /** Of its page; the others are filters. */
  readonly narrows: boolean;
  readonly input: Readonly<Record<string, unknown>>;
}

const Parameter = z.object({
  name: z.string(),
  in: z.string(),
  required: z.boolean().optional(),
  schema: z.object({ type: z.string().optional(), enum: z.array(z.string()).optional() }),
});
const Description = z.object({
  paths: z.record(
    z.string(),
    z.object({
      get: z.object({ operationId: z.string(), parameters: z.array(Parameter).default([]) }).optional(),
    }),
  ),
});

/** Fields of every page. */
const PAGE_FIELDS: ReadonlySet<string> = new Set(['limit', 'cursor', 'direction']);

/** Every procedure that gives page by page, from the API's own description. */
export async function readListProcedures(url: string): Promise<ListProcedure[]> {
  const response = await fetch(`${url}/openapi.json`);
  const { paths } = Description.parse(await response.json());
  return Object.values(paths).flatMap(({ get }) => {
    const parameters = get?.parameters.filter((parameter) => parameter.in !== 'header') ?? [];
    if (get === undefined || !parameters.some(({ name }) => name === 'limit')) return [];
    const fields = parameters
      .filter(({ name }) => !PAGE_FIELDS.has(name))
      .map(({ name, required = false, schema }) => ({ name, isRequired: required, schema }));
    return [{ procedure: get.operationId.replace('-', '.'), fields }];
  });
}

/** Values that a workspace's rows have, by the names that inputs give them. */
export type ExampleValues = ReadonlyMap<string, string>;

/** Reads a value for each field that names something. */
export async function readExampleValues(client: Client, world: BenchWorld): Promise<ExampleValues> {
  const { workspaceId, busiest } = world;
  const [row] = await select<Record<string, string | null>>(
    client,
    `with active as (select id from config_versions where workspace_id = $1 and status = 'ACTIVE'
                     and source_type = 'APPROVAL_MATRIX'),
          roster as (select a.* from cluster_approver_master a join active on active.id = a.config_version_id
                     order by a.id limit 1),
          seat as (select c.* from cluster_master c join roster on c.id = roster.cluster_id),
          site as (select * from sites where workspace_id = $1 order by site_code limit 1),
          workflow as (select p.workflow_id as id, s.id as submission_id from punchlists p
                       join atp_submissions s on s.workflow_id = p.workflow_id
                       where p.workspace_id = $1 order by p.id desc limit 1),
          document as (select * from documents where workspace_id = $1 order by id desc limit 1)
     select active.id as "configVersionId", active.id as "fromVersionId",
       (select id from config_versions where workspace_id = $1 and status = 'SUPERSEDED' limit 1) as "toVersionId",
       seat.scope_id as "scopeId", 'RAN' as "scopeCode", 'NORDLINK' as "vendorCode", 'RTS' as "roleCode",
       roster.role_id as "roleId", seat.id as "clusterId", seat.cluster_code as "clusterCode", seat.region as region,
       seat.province as province, seat.city as city, seat.m_sequence as "mSequence", site.id as "siteId", '1' as rank,
       $2 as "userId", $2 as "approverId", $2 as "toUserId", $2 as "fromUserId", $2 as "actorId",
       document.uploaded_by_id as "uploadedById", document.sha256, 'application/pdf' as "mediaType", '01' as search,
       workflow.id as "workflowId", workflow.submission_id as "submissionId", 'workflow' as "entityType",
       workflow.id as "entityId", 'workflows.' as "actionPrefix", 'production' as target,
       to_char(now() - interval '30 days', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as since,
       to_char(now(), 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as until, 'RAN_MW' as sheet,
       (select conname from pg_constraint where contype = 'f' and conrelid = 'workflow_stages'::regclass limit 1)
         as "constraintName"
     from active, roster, seat, site, document left join workflow on true`,
    [workspaceId, busiest.userId],
  );
  return new Map(
    Object.entries(row ?? {}).flatMap(([name, value]) => (value === null ? [] : [[name, value]])),
  );
}

/**
 * The ways to call a list: plain, in each of its orders, with each filter alone. Null when it needs something that
 * there is no example of.
 */
export function callsOfList(
  { procedure, fields }: ListProcedure,
  examples: ExampleValues,
): ListCall[] | null {
  const required = fields.filter(({ isRequired }) => isRequired).map((field) => inputOf(field, examples));
  if (required.includes(null)) return null;
  const base: Record<string, unknown> = Object.assign({}, ...required);
  const call = (name: string, input: object, narrows: boolean): ListCall => ({
    procedure,
    kind: 'query',
    name: `${procedure}${name}`,
    narrows,
    input: { ...base, ...input },
  });
  const variants = fields.flatMap((field) => {
    if (field.isRequired) return [];
    if (field.name === 'sort') {
      const [, ...others] = field.schema.enum ?? [];
      return others.map((sort) => call(` by ${sort}`, { sort }, false));
    }
    const input = inputOf(field, examples);
    return input === null ? [] : [call(` of one ${field.name}`, input, true)];
  });
  return [call('', {}, false), ...variants];
}

function inputOf({ name, schema }: ListField, examples: ExampleValues): Record<string, unknown> | null {
  const value = examples.get(name) ?? schema.enum?.[0];
  if (schema.type === 'boolean') return { [name]: true };
  if (value === undefined) return null;
  return { [name]: schema.type === 'integer' ? Number(value) : value };
}
