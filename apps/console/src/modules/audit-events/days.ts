/** Whether a text is a day that there is, `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  return (
    /^\d{4}-\d\d-\d\d$/.test(text) &&
    !Number.isNaN(Date.parse(`${text}T00:00`)) &&
    dayOf(new Date(`${text}T12:00Z`)) === text
  );
}

/** When a day begins for the reader, in UTC. */
export function startOfDay(day: string): string {
  return new Date(`${day}T00:00`).toISOString();
}

export function dayAfter(day: string): string {
  const noon = new Date(`${day}T12:00Z`);
  noon.setUTCDate(noon.getUTCDate() + 1);
  return dayOf(noon);
}

function dayOf(moment: Date): string {
  return moment.toISOString().slice(0, 10);
}
