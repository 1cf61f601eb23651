import { expect, it } from 'vitest';
import { readAllowedRowLoss } from './read-allowed-row-loss.ts';

const ALLOW = '-- deploy:allow row-loss they are test data';

it.each([
  [`${ALLOW}\ndelete from s."My T" where id = 1`, ['s.My T']],
  [`${ALLOW}\ndelete from a; delete from b`, ['public.a']],
  ['-- deploy:allow truncate a cache\ntruncate a, b', ['public.a', 'public.b']],
  [`${ALLOW}\ndo $$ begin delete from a; end $$`, ['s.My T', 'public.a', 'public.b']],
  ['-- deploy:allow row-loss with those of public.a and (s.My T).\ndelete from c', ['s.My T', 'public.a']],
  ['-- deploy:allow row-loss with a few of public.bs and xpublic.b\ndelete from c', []],
  ['-- deploy:allow rename-table old\nalter table a rename to c', ['public.a']],
  ['-- deploy:allow row-loss\ndelete from a', []],
  ['-- deploy:allow drop-column unused\ndelete from a', []],
  ['delete from a', []],
  [`${ALLOW}\ndelet from a`, []],
])('%s explains the loss in %s', async (sql, tables) => {
  const explains = await readAllowedRowLoss([{ name: 'm', sql }]);
  expect(['s.My T', 'public.a', 'public.b'].filter(explains)).toEqual(tables);
});
