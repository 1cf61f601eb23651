import { v7 } from 'uuid';

/** A new id for any table: a time-ordered UUID (version 7) as text, later ones sorting after earlier ones. */
export function newId(): string {
  return v7();
}
