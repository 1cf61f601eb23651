/** What the names of all files of a backup begin with, in every store. */
export function homeOf({ target, id }: { target: string; id: string }): string {
  return `${target}/${id}/backup/`;
}
