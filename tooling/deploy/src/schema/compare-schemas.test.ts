import { expect, it } from 'vitest';
import { compareSchemas, describeDifference } from './compare-schemas.ts';

it.each([
  [{ 'column t.a': 'text' }, {}, ['column t.a was removed (text)']],
  [{}, { 'schema s': '' }, ['schema s was added']],
  [{ 'column t.a': 'text' }, { 'column t.a': 'int' }, ['column t.a is "int" instead of "text"']],
  [{ 'column t.a': 'text' }, { 'column t.a': 'text' }, []],
  [
    { 'routine f()': 'CREATE f\nbegin\n  a;\nend' },
    { 'routine f()': 'CREATE f\nbegin\n  b;\nend' },
    ['routine f() is changed; its line 3 is "b;" instead of "a;"'],
  ],
  [
    { 'routine f()': 'CREATE f\nend' },
    { 'routine f()': 'CREATE f' },
    ['routine f() is changed; its line 2 is missing instead of "end"'],
  ],
  [{ 'routine f()': 'CREATE f\nbegin\nend' }, {}, ['routine f() was removed (CREATE f)']],
])('tells how %j and %j differ', (expected, actual, differences) => {
  expect(compareSchemas(expected, actual).map(describeDifference)).toEqual(differences);
});
