/** The class of a link within a text. */
export const textLinkLook =
  'inline-block min-h-6 rounded font-medium text-accent underline underline-offset-2 hover:no-underline';
