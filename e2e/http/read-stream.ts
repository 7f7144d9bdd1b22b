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

/** What comes by the clock, and what only restores an id after it. */
const isBeat = (message: StreamMessage): boolean =>
  message.event === "ping" || message.event === "restore-id" || isPulse(message);

/** The pulses of an answer as they come. */
export async function* readPulses(response: Response): AsyncGenerator<StreamMessage> {
  for await (const message of readAll(response)) if (isPulse(message)) yield message;
}

/** The messages of an answer as they come, pulses and pings left out; ends when the server ends it. */
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
