import type { PersonRow } from '@apms/validators';
import type { Findings } from '../findings.ts';
import { cellName } from '../xlsx/sheet.ts';
import type { CellPerson } from './read-person-cell.ts';

/** Cell that names a person. */
export interface PersonPlace {
  sheet: string;
  row: number;
  column: number;
  text: string;
}

interface Known {
  person: CellPerson;
  cell: string;
  /** Ways of telling of this person that were seen. */
  variants: Set<string>;
}

/** Everyone named by a workbook, one person for each e-mail address; the first cell's name and phone count. */
export class PeopleRegister {
  readonly #known = new Map<string, Known>();
  readonly #findings: Findings;

  constructor(findings: Findings) {
    this.#findings = findings;
  }

  add(person: CellPerson, place: PersonPlace): void {
    const known = this.#known.get(person.email);
    const variant = `${person.name?.toLowerCase() ?? ''}\n${person.phone ?? ''}`;
    if (known === undefined) {
      const cell = `${place.sheet}!${cellName(place.column, place.row)}`;
      this.#known.set(person.email, { person: { ...person }, cell, variants: new Set([variant]) });
      return;
    }
    if (known.variants.has(variant)) return;
    known.variants.add(variant);
    this.#compare(known, person, place);
  }

  list(): PersonRow[] {
    return [...this.#known.values()].map(({ person: { email, name, phone } }) => ({
      email,
      name: name ?? email.slice(0, email.indexOf('@')),
      phone,
    }));
  }

  #compare({ person, cell }: Known, other: CellPerson, place: PersonPlace): void {
    const differing = (['name', 'phone'] as const).filter((field) => {
      person[field] ??= other[field];
      return other[field] !== null && person[field]?.toLowerCase() !== other[field].toLowerCase();
    });
    if (differing.length === 0) return;
    const said = differing.map((field) => `${field} "${other[field]}", there "${person[field]}"`).join('; ');
    const reason = `${person.email} is also named in ${cell}: here ${said}. What ${cell} says counts.`;
    this.#findings.add('PERSON_CONFLICT', { ...place, value: place.text }, reason);
  }
}
