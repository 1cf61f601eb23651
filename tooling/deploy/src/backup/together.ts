/**
 * Waits for all of the works. When one fails, the others are told to stop through the controller, and the first
 * failure, which is the cause of the rest, is thrown once all have ended.
 */
export async function together<T extends readonly unknown[]>(
  controller: AbortController,
  works: { [Index in keyof T]: Promise<T[Index]> },
): Promise<T> {
  try {
    return await Promise.all(works);
  } catch (error) {
    controller.abort();
    await Promise.allSettled(works);
    throw error;
  }
}
