import type { ConfigurationRows } from '@apms/validators';

/** A configuration that holds nothing. */
export function emptyRows(): ConfigurationRows {
  return { scopes: [], vendors: [], roles: [], policies: [], clusters: [], approvers: [], people: [] };
}
