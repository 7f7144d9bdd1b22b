/** One message of a text/event-stream. */
export type StreamMessage = { readonly event: string; readonly id: string | null; readonly data: unknown };

const parse = (block: string): StreamMessage => {
  const fields = new Map(
    block.split("\n").map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1).trim()]),
  );
  const data = fields.get("data");
  return {
    event: fields.get("event") ?? "message",
    id: fields.get("id") ?? null,
    data: data ? (JSON.parse(data) as unknown) : null,
  };
};

/** The messages of an answer as they come, pings left out; ends when the server ends it. */
export async function* readStream(response: Response): AsyncGenerator<StreamMessage> {
  let rest = "";
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const blocks = (rest + chunk).split("\n\n");
    rest = blocks.pop() ?? "";
    yield* blocks.map(parse).filter(({ event }) => event !== "ping");
  }
}
