import { Prisma } from '@apms/db';

/** What a version's rows lack, as `(severity, code, value, reason)`; every check runs over sets, never over single rows. */
export function rowChecks(configVersionId: string): Prisma.Sql {
  const version = Prisma.sql`config_version_id = ${configVersionId}`;
  return Prisma.sql`
    select 'ERROR' as severity, 'POLICY_WITHOUT_STAGES' as code, p.policy_code as value,
           format('The policy %s has no stage, so nobody would be asked.', p.policy_code) as reason
    from approval_policy_master p
    where p.${version} and p.is_active
      and not exists (select from approval_policy_stages t where t.policy_id = p.id)
    union all
    select 'ERROR', 'POLICY_STAGES_BROKEN', p.policy_code,
           format('The stages of the policy %s are numbered %s instead of 1 to %s.', p.policy_code,
                  string_agg(distinct t.stage_number::text, ', '), count(distinct t.stage_number))
    from approval_policy_master p join approval_policy_stages t on t.policy_id = p.id
    where p.${version} and p.is_active
    group by p.id, p.policy_code
    having min(t.stage_number) <> 1 or max(t.stage_number) <> count(distinct t.stage_number)
    union all
    select 'ERROR', 'RULE_PERSON_UNKNOWN', p.policy_code,
           format('The rule of stage %s of the policy %s names %s, who is nobody here.', t.stage_number, p.policy_code,
                  named.id)
    from approval_policy_stages t
    join approval_policy_master p on p.id = t.policy_id
    cross join lateral (
      select jsonb_path_query(t.assignment_rule, 'lax $.cases[*].userId') #>> '{}' as id
      union
      select t.assignment_rule ->> 'default'
    ) named
    where t.${version} and t.assignment_mode = 'RULE' and named.id is not null
      and not exists (select from users u where u.id = named.id)
    union all
    select 'WARNING', 'SCOPE_WITHOUT_POLICY', s.scope_code,
           format('No policy says who approves the scope %s, so nothing of it can be submitted.', s.scope_code)
    from atp_scope_master s
    where s.${version} and s.is_active
      and not exists (select from approval_policy_master p where p.scope_id = s.id and p.is_active)
    union all
    (
      with seat as (
        select distinct p.scope_id, t.role_id, t.assignment_mode as mode
        from approval_policy_master p join approval_policy_stages t on t.policy_id = p.id
        where p.${version} and p.is_active
      ), empty_seat as (
        select c.id as cluster_id, seat.role_id
        from cluster_master c join seat on seat.scope_id = c.scope_id and seat.mode = 'CLUSTER'
        where c.${version}
        except
        select a.cluster_id, a.role_id from cluster_approver_master a where a.${version}
      )
      select 'WARNING', 'SCOPE_WITHOUT_CLUSTERS', s.scope_code,
             format('The chain of the scope %s asks the people of a cluster, and it has no clusters.', s.scope_code)
      from atp_scope_master s
      where s.id in (select scope_id from seat where mode = 'CLUSTER')
        and not exists (select from cluster_master c where c.scope_id = s.id)
      union all
      select 'WARNING', 'CLUSTER_SEAT_EMPTY', r.role_code,
             format('%s clusters of the scope %s have nobody in the seat %s: %s%s.', count(*), s.scope_code, r.role_code,
                    array_to_string((array_agg(c.cluster_code order by c.cluster_code))[1:5], ', '),
                    case when count(*) > 5 then ' …' else '' end)
      from empty_seat e
      join cluster_master c on c.id = e.cluster_id
      join atp_scope_master s on s.id = c.scope_id
      join approval_role_master r on r.id = e.role_id
      group by s.scope_code, r.role_code
      union all
      select 'WARNING', 'AUTO_SEAT_EMPTY', r.role_code,
             format('Nobody holds the seat %s, whose holders share the work of the scope %s.', r.role_code, s.scope_code)
      from seat
      join approval_role_master r on r.id = seat.role_id
      join atp_scope_master s on s.id = seat.scope_id
      where seat.mode = 'AUTO' and not exists (select from cluster_approver_master a where a.role_id = r.id)
    )`;
}
