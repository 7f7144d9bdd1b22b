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

const isPulse = ({ data }: StreamMessage): boolean =>
  (data as { json?: { kind?: unknown } } | null)?.json?.kind === "pulse";

/** Messages sent at intervals, and those that only restore the event id after one. */
const isBeat = (message: StreamMessage): boolean =>
  message.event === "ping" || message.event === "restore-id" || isPulse(message);

/** The pulses of an answer as they arrive. */
export async function* readPulses(response: Response): AsyncGenerator<StreamMessage> {
  for await (const message of readAll(response)) if (isPulse(message)) yield message;
}

/** The messages of an answer as they arrive, without pulses and pings; ends when the server ends the answer. */
export async function* readStream(response: Response): AsyncGenerator<StreamMessage> {
  for await (const message of readAll(response)) if (!isBeat(message)) yield message;
}

async function* readAll(response: Response): AsyncGenerator<StreamMessage> {
  let rest = "";
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const blocks = (rest + chunk).split("\n\n");
    rest = blocks.pop() ?? "";
    yield* blocks.map(parse);
  }
}
