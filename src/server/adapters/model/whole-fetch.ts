import { isNeverConnected } from "./is-never-connected";

/** How far a request got, as the world sees it: what is `unsent` or `not-connected` cannot have been paid. */
export type CallTrace = { phase: "unsent" | "not-connected" | "sent" | "answered"; isTooLarge: boolean };

export const startTrace = (): CallTrace => ({ phase: "unsent", isTooLarge: false });

const ERROR_BYTES_MAX = 16_384;
/** Statuses of which a Response takes no body. */
const BODILESS = new Set([204, 205, 304]);

type BodyRead = { readonly bytes: Uint8Array; readonly isWhole: boolean };

/** The first `most` bytes; the rest is not read. */
const readAtMost = async (body: ReadableStream<Uint8Array>, most: number): Promise<BodyRead> => {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body) {
    length += chunk.length;
    if (length > most) return { bytes: Buffer.concat(chunks), isWhole: false };
    chunks.push(chunk);
  }
  return { bytes: Buffer.concat(chunks), isWhole: true };
};

/** What an error says; its status counts even when its body does not come. */
const readError = async (response: Response): Promise<Uint8Array> => {
  if (response.body === null) return new Uint8Array();
  return readAtMost(response.body, ERROR_BYTES_MAX).then(
    ({ bytes }) => bytes,
    () => new Uint8Array(),
  );
};

const readReply = async (response: Response, trace: CallTrace, most: number): Promise<Uint8Array> => {
  if (response.body === null) return new Uint8Array();
  const { bytes, isWhole } = await readAtMost(response.body, most);
  trace.isTooLarge = !isWhole;
  if (!isWhole) throw new Error(`a reply of more than ${most} bytes`);
  return bytes;
};

type Limits = {
  readonly replyBytesMax: number;
  /** Of all headers only these are sent, whatever the environment adds. */
  readonly headers: Readonly<Record<string, string>>;
};

const PASSED_ON = ["accept", "content-type", "user-agent"];

/**
 * fetch that reads the whole body before it answers, so that deadlines cover headers and body alike, follows no
 * redirect, which would carry the key elsewhere, and notes in `trace` how far the request got.
 */
export const createWholeFetch =
  (trace: CallTrace, { replyBytesMax, headers }: Limits): typeof fetch =>
  async (input, init) => {
    const given = new Headers(init?.headers);
    const passed = PASSED_ON.flatMap((name) => (given.has(name) ? [[name, given.get(name) ?? ""] as const] : []));
    trace.phase = "sent";
    const sent = { ...init, headers: { ...Object.fromEntries(passed), ...headers }, redirect: "manual" } as const;
    const response = await fetch(input, sent).catch((error: unknown) => {
      if (isNeverConnected(error)) trace.phase = "not-connected";
      throw error;
    });
    trace.phase = "answered";
    const body = response.ok ? await readReply(response, trace, replyBytesMax) : await readError(response);
    const { status } = response;
    return new Response(BODILESS.has(status) ? null : Buffer.from(body), { status, headers: response.headers });
  };
