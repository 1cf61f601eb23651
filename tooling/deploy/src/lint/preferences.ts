/** The rules that judge taste. A safety rule cannot be switched on or off: it is accepted where it stands, with a reason. */
export const PREFERENCES = [
  'prefer-bigint',
  'prefer-column-check',
  'prefer-enum-position',
  'prefer-identity',
  'prefer-qualified-name',
  'prefer-text',
  'prefer-timestamptz',
] as const;
