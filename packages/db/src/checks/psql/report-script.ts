import { mostHeldChecks } from '@apms/validators';

/** Ends the outermost file: rolls everything back, prints the results and decides by the rules of the deploy tool. */
export const reportScript = `select :validation_depth - 1 as depth, :validation_depth = 1 as over \\gset validation_
\\if :validation_over
select current_setting('validation.results') as results \\gset validation_
rollback;
\\unset validation_depth

\\if :{?json}
\\pset format unaligned
\\pset tuples_only on
select :'validation_results';
\\pset format aligned
\\pset tuples_only off
\\else
select code as check, title, status, round("durationMs") as ms,
       (select string_agg(key || ' ' || value, E'\\n' order by position)
        from jsonb_each_text(figures) with ordinality f(key, value, position)) as figures,
       (select string_agg(concat_ws(' ', problem ->> 'severity', concat_ws(': ', problem ->> 'message', problem ->> 'detail'),
                                    '(' || nullif(array_to_string(array(select jsonb_array_elements_text(problem -> 'sampleIds')), ', '), '') || ')'),
                          E'\\n' order by position)
        from jsonb_array_elements(problems) with ordinality p(problem, position)) as problems
from jsonb_to_recordset(:'validation_results')
  as r(code text, title text, status text, "durationMs" numeric, figures jsonb, problems jsonb);
\\endif

with decisive as (
  select code, code !~ '^I' as blocks
  from jsonb_to_recordset(:'validation_results') as r(code text, status text)
  where status <> 'passed' and code !~ '^N'
), decided as (
  select case when bool_or(blocks) or count(*) > ${mostHeldChecks} then 'NO-GO' when count(*) > 0 then 'HOLD' else 'GO' end as decision,
         string_agg(code, ', ') as codes
  from decisive
)
select set_config('validation.verdict', concat_ws(': ', decision, codes), false) as verdict, decision = 'GO' as go,
       decision = 'HOLD' as hold
from decided \\gset validation_

\\if :validation_hold
\\if :{?accept_hold}
select btrim(:'accept_hold') <> '' as go \\gset validation_
\\if :validation_go
\\echo HOLD accepted: :accept_hold
\\endif
\\endif
\\endif

\\if :validation_go
\\echo :validation_verdict
\\else
-- The only way to make psql exit with another code than 0.
do $verdict$ begin raise exception '%', current_setting('validation.verdict'); end $verdict$;
\\endif
\\endif
`;
