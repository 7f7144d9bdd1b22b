import { encode } from "next-auth/jwt";
import { answerApiRequest } from "../api/handle-request";
import type { Ports } from "../ports";
import type { Runtime } from "../runtime";
import { nobodyListens } from "./nobody-listens";
import type { Person } from "./people-fixture";

const ORIGIN = "http://localhost:3000";
const ENDPOINT = `${ORIGIN}/api/trpc`;

/** How the routes of a test know their callers. */
export const DOOR_AUTH = {
  secret: "a secret of the test alone, by chance",
  publicUrl: new URL(ORIGIN),
  trustedProxyHops: 0,
};

export type Call = { readonly path: string; readonly isChange: boolean; readonly input: unknown };

/** The header with a person's session; none for a visitor. */
export const cookieOf = async (person: Pick<Person, "token"> | null): Promise<Readonly<Record<string, string>>> =>
  person === null
    ? {}
    : { cookie: `0xbot.session=${await encode({ token: { sid: person.token }, secret: DOOR_AUTH.secret })}` };

/** What stands in a request for an input. JSON has no such numbers: pages send them as text with a note. */
const NOT_IN_JSON = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];

const notesOf = (value: unknown, path: readonly string[], found: Record<string, ["number"]>): unknown => {
  if (typeof value === "number" && NOT_IN_JSON.some((number) => Object.is(number, value))) {
    found[path.join(".")] = ["number"];
    return String(value);
  }
  if (Array.isArray(value)) return value.map((part, index) => notesOf(part, [...path, String(index)], found));
  if (typeof value !== "object" || value === null) return value;
  const parts = Object.entries(value).map(([name, part]) => [name, notesOf(part, [...path, name], found)] as const);
  // A name such as __proto__ has to stay a field.
  const copy: Record<string, unknown> = {};
  for (const [name, part] of parts) {
    Object.defineProperty(copy, name, { value: part, enumerable: true, configurable: true, writable: true });
  }
  return copy;
};

const envelopeOf = (input: unknown): object => {
  const values: Record<string, ["number"]> = {};
  const json = notesOf(input, [], values) ?? null;
  return Object.keys(values).length === 0 ? { json } : { json, meta: { values } };
};

const unlimited = { count: () => Promise.resolve(0) };

/** The API as it answers over HTTP, however often it is asked, where no hint wakes anybody. */
export const openDoor = (ports: Ports & Pick<Runtime, "mail">) => {
  const server = { ports: { ...ports, events: nobodyListens, calls: unlimited }, auth: DOOR_AUTH };
  const answer = (request: Request): Promise<Response> => answerApiRequest(server, request);
  const read = (
    headers: Readonly<Record<string, string>>,
    { path, input }: Omit<Call, "isChange">,
    signal?: AbortSignal,
  ) =>
    answer(
      new Request(`${ENDPOINT}/${path}?input=${encodeURIComponent(JSON.stringify(envelopeOf(input)))}`, {
        headers,
        ...(signal && { signal }),
      }),
    );
  /** Calls of one kind in one request; the answer to each in its order, or one for all where the request was refused. */
  const batch = (headers: Readonly<Record<string, string>>, calls: readonly Call[]): Promise<Response> => {
    const url = `${ENDPOINT}/${calls.map(({ path }) => path).join(",")}?batch=1`;
    const body = JSON.stringify(Object.fromEntries(calls.map(({ input }, index) => [index, envelopeOf(input)])));
    if (calls[0]?.isChange !== true) {
      return answer(new Request(`${url}&input=${encodeURIComponent(body)}`, { headers }));
    }
    const all = { ...headers, origin: ORIGIN, "content-type": "application/json" };
    return answer(new Request(url, { method: "POST", headers: all, body }));
  };
  /** Everything that an answer to one call says. */
  const say = async (person: Pick<Person, "token">, call: Call) => {
    const response = await batch(await cookieOf(person), [call]);
    return { status: response.status, headers: [...response.headers], text: await response.text() };
  };
  return { read, batch, say };
};

/** The events of a stream as they come, through the first for which `isLast`; all where it ends before. */
export const readEvents = async (response: Response, isLast: (event: string) => boolean): Promise<string[]> => {
  const read: string[] = [];
  let rest = "";
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const events = (rest + chunk).split("\n\n");
    rest = events.pop() ?? "";
    read.push(...events);
    if (read.some(isLast)) return read;
  }
  return [...read, rest].filter((event) => event !== "");
};
