export type BodyLimits = {
  readonly bytesMax: number;
  /** For the whole body, however slowly it arrives. */
  readonly millisecondsMax: number;
};

/** `broken-off`: the sender is gone. */
export type BodyReading =
  | { readonly outcome: "read"; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly outcome: "too-large" | "too-slow" | "broken-off" };

type Reader = ReadableStreamDefaultReader<Uint8Array>;
type Arrival = Awaited<ReturnType<Reader["read"]>> | "too-slow" | "broken-off";

/** Reads the rest and discards it: an answer is lost when its request is cut off. */
const discard = async (reader: Reader, deadline: Promise<"too-slow">): Promise<void> => {
  for (;;) {
    const arrival: Arrival = await Promise.race([reader.read(), deadline]);
    if (arrival === "too-slow") return reader.cancel();
    if (arrival.done) return;
  }
};

const collect = async (reader: Reader, bytesMax: number, deadline: Promise<"too-slow">): Promise<BodyReading> => {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const arrival: Arrival = await Promise.race([reader.read().catch(() => "broken-off" as const), deadline]);
    if (typeof arrival === "string") return { outcome: arrival };
    if (arrival.done) return { outcome: "read", bytes: new Uint8Array(Buffer.concat(chunks)) };
    size += arrival.value.byteLength;
    if (size > bytesMax) return { outcome: "too-large" };
    chunks.push(arrival.value);
  }
};

/**
 * Reads a request's body, keeping at most `bytesMax` of it, announced or not, and waiting at most `millisecondsMax`.
 * Answer `too-slow` with `connection: close`: its rest is still to come.
 */
export const readBody = async (
  { headers, body }: { readonly headers: Headers; readonly body: ReadableStream<Uint8Array> | null },
  { bytesMax, millisecondsMax }: BodyLimits,
): Promise<BodyReading> => {
  if (Number(headers.get("content-length") ?? 0) > bytesMax) return { outcome: "too-large" };
  if (!body) return { outcome: "read", bytes: new Uint8Array() };
  const reader: Reader = body.getReader();
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<"too-slow">((resolve) => {
    timer = setTimeout(() => resolve("too-slow"), millisecondsMax);
  });
  const reading = await collect(reader, bytesMax, deadline);
  const finish = (): void => clearTimeout(timer);
  if (reading.outcome === "too-large") void discard(reader, deadline).then(finish, finish);
  else finish();
  return reading;
};
