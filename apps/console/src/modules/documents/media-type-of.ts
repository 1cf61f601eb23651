import { documentMediaTypes } from '@apms/validators';

/** As what a file is uploaded: what the browser says, else what its ending says; null when it is not accepted at all. */
export function mediaTypeOf({ name, type }: Pick<File, 'name' | 'type'>): string | null {
  if (Object.hasOwn(documentMediaTypes, type)) return type;
  const ending = name.split('.').at(-1)?.toLowerCase();
  const found = Object.entries(documentMediaTypes).find(([, known]) => known === ending);
  return found?.[0] ?? (ending === 'jpeg' ? 'image/jpeg' : null);
}
