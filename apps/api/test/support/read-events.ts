export interface ServerEvent {
  /** `message` when it has no name. */
  readonly event: string;
  readonly data: string;
}

/** The events of an answer that is a stream of them, until it ends or breaks off. */
export async function* readEvents(response: Response): AsyncGenerator<ServerEvent, void, undefined> {
  if (response.body === null) return;
  const decoder = new TextDecoder();
  let text = '';
  try {
    for await (const chunk of response.body) {
      text += decoder.decode(chunk, { stream: true });
      const blocks = text.split(/\n\n+/);
      text = blocks.pop() ?? '';
      for (const block of blocks) {
        const fields = block.split('\n').map((line) => line.split(/: ?(.*)/s));
        const valueOf = (name: string) => fields.find(([field]) => field === name)?.[1];
        const [event = 'message', data] = [valueOf('event'), valueOf('data')];
        if (data !== undefined) yield { event, data };
      }
    }
  } catch {
    // The server went away, which ends the events as well.
  }
}
