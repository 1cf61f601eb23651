import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalisePhone } from './normalise-phone.ts';
import { readPersonCell } from './read-person-cell.ts';

describe('readPersonCell', () => {
  it.each([
    ['Wulan Wijaya/62854-477-453/wulan@x.example', 'Wulan Wijaya', '+62854477453', 'wulan@x.example'],
    ['Putri Hidayat/08123332895 /putrih@x.example', 'Putri Hidayat', '+628123332895', 'putrih@x.example'],
    ['Wulan/ wulan@x.example/ 08809113197', 'Wulan', '+628809113197', 'wulan@x.example'],
    ['Dian Maulana / DIAN@x.example / 088856457442', 'Dian Maulana', '+6288856457442', 'dian@x.example'],
    ["Fajar/'0893630252911/fajar@x.example", 'Fajar', '+62893630252911', 'fajar@x.example'],
    ['Bayu /\tbayu@x.example / 0810794588', 'Bayu', '+62810794588', 'bayu@x.example'],
    ['Yuda/+6204030425025/yuda@x.example', 'Yuda', '+624030425025', 'yuda@x.example'],
    ['“Eka”\u00a0/ 62 842-1181-8500 / mailto:eka@x.example', 'Eka', '+6284211818500', 'eka@x.example'],
    ['Budi <budi@x.example> 0812 345 678', 'Budi', '+62812345678', 'budi@x.example'],
    ['Budi, S.T./0812345678/budi@x.example', 'Budi S.T.', '+62812345678', 'budi@x.example'],
    ["O'Neil/o'neil@x.example", "O'Neil", null, "o'neil@x.example"],
    ['lone@x.example', null, null, 'lone@x.example'],
  ])('reads %j', (text, name, phone, email) => {
    expect(readPersonCell(text)).toEqual({ people: [{ email, name, phone }], problems: [] });
  });

  it.each(['', ' ', '-', '—', 'N/A', 'n.a.', ' ; , '])('finds nobody in %j and does not mind', (text) => {
    expect(readPersonCell(text)).toEqual({ people: [], problems: [] });
  });

  it.each([
    ['Budi/0812345678', 'PERSON_EMAIL_MISSING', 0],
    ['TBD', 'PERSON_EMAIL_MISSING', 0],
    ['812345678901', 'PERSON_EMAIL_MISSING', 0],
    ['Budi/budi@localhost', 'PERSON_EMAIL_MISSING', 0],
    ['Budi/a@x.example/b@x.example', 'PERSON_EMAIL_AMBIGUOUS', 1],
    ['a@x.exampleb@y.example', 'PERSON_EMAIL_MISSING', 0],
    ['Budi/a@x.example/b@', 'PERSON_EMAIL_AMBIGUOUS', 1],
    [`Budi/a@x.example/${'x'.repeat(5000)}`, 'PERSON_EMAIL_MISSING', 0],
    ['Budi/12/a@x.example', 'PERSON_PHONE_UNREADABLE', 1],
    ['A/a@x.example; A/a@x.example', 'PERSON_REPEATED', 1],
    ['A/a@x.example; Budi/0812345678', 'PERSON_EMAIL_MISSING', 1],
  ])('says what is wrong with %j', (text, code, people) => {
    const cell = readPersonCell(text);
    expect(cell.problems.map((problem) => problem.code)).toEqual([code]);
    expect(cell.people).toHaveLength(people);
  });

  it('takes an e-mail from the link where the text has none', () => {
    expect(readPersonCell('Budi/0812345678', 'budi@x.example').people[0]?.email).toBe('budi@x.example');
  });

  it('believes the text where the link says otherwise', () => {
    const cell = readPersonCell('Budi/budi@x.example', 'sari@x.example');
    expect(cell.people[0]?.email).toBe('budi@x.example');
    expect(cell.problems.map((problem) => problem.code)).toEqual(['PERSON_LINK_CONFLICT']);
  });

  const word = fc.stringMatching(/^[A-Z][a-z]{2,8}$/);
  const person = fc.record({
    name: fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(' ')),
    digits: fc.stringMatching(/^8[1-9]\d{7,9}$/),
    email: fc
      .tuple(fc.stringMatching(/^[a-z][a-z0-9._-]{0,8}[a-z0-9]$/), word)
      .map(([a, b]) => `${a}@${b}.example`),
  });
  const blank = fc.constantFrom('', ' ', '  ', '\t', '\u00a0', ' \u200b');
  const prefix = fc.constantFrom('0', '62', '+62', '+62 ', '62-', '+620', "'0", '0062');

  it('reads people however they are separated, prefixed and spaced', () => {
    const written = fc.record({
      person,
      prefix,
      emailFirst: fc.boolean(),
      spaces: fc.array(blank, { minLength: 6, maxLength: 6 }),
    });
    fc.assert(
      fc.property(
        fc.uniqueArray(written, {
          minLength: 1,
          maxLength: 6,
          selector: (one) => one.person.email.toLowerCase(),
        }),
        fc.constantFrom(';', ',', '\n', ';\t', ' ; '),
        (list, separator) => {
          const text = list.map((one) => {
            const phone = `${one.prefix}${one.person.digits}`;
            const last = one.emailFirst ? [one.person.email, phone] : [phone, one.person.email];
            const parts = [one.person.name, ...last];
            return parts
              .map((part, index) => `${one.spaces[index * 2]}${part}${one.spaces[index * 2 + 1]}`)
              .join('/');
          });
          expect(readPersonCell(text.join(separator))).toEqual({
            problems: [],
            people: list.map(({ person: { name, digits, email } }) => {
              return { name, phone: `+62${digits}`, email: email.toLowerCase() };
            }),
          });
        },
      ),
    );
  });

  it('never throws, and gives only what a row may hold', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 80 }),
        fc.option(fc.string(), { nil: undefined }),
        (text, link) => {
          for (const one of readPersonCell(`${text}/a@x.example`, link).people) {
            expect(one.email).toMatch(/^[^@\s]+@[^@\s]+$/);
            expect(one.email).toBe(one.email.toLowerCase());
            expect(one.name).not.toBe('');
            expect(one.phone ?? '+62811111111').toMatch(/^\+\d{8,15}$/);
          }
        },
      ),
    );
  });
});

describe('normalisePhone', () => {
  it.each([
    ['+65 6123 4567', '+6561234567'],
    ['(0812) 345-678', '+62812345678'],
    ['812345678', '+62812345678'],
  ])('reads %j', (text, phone) => {
    expect(normalisePhone(text)).toBe(phone);
  });

  it.each(['', '12', '+', '0', '123456789012345678', '08+12345678'])('refuses %j', (text) => {
    expect(normalisePhone(text)).toBeNull();
  });

  it('leaves its own form alone', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[+0-9 ()-]{6,20}$/), (text) => {
        const phone = normalisePhone(text);
        expect(phone === null ? null : normalisePhone(phone)).toBe(phone);
      }),
    );
  });
});
