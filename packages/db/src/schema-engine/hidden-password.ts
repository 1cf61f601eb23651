/** The URL without its password, fit for a command line; what is no URL stays as it is. */
export function hidePassword(url: string): string {
  if (!URL.canParse(url)) return url;
  const hidden = new URL(url);
  hidden.password = '';
  return hidden.href;
}

/** The URL with the password that {@link hidePassword} took, found among the `known` ones. */
export function restorePassword(
  url: string | undefined,
  known: readonly (string | undefined)[],
): string | undefined {
  return known.find((candidate) => candidate && hidePassword(candidate) === url) ?? url;
}
