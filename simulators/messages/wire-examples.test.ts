import { afterAll, beforeAll, expect, it } from "vitest";
import { createMessagesSimulator, type MessagesSimulator } from "./create-messages-simulator";
import { refuseOverloaded } from "./messages-answer";
import { COUNTED, OVERLOADED, REFUSED, STREAMED, THOUGHT_AND_CALLED } from "./testing/wire-examples";

let simulator: MessagesSimulator;
beforeAll(async () => {
  simulator = await createMessagesSimulator();
});
afterAll(() => simulator.close());

const ASKED = {
  model: "claude-haiku-5-5",
  max_tokens: 2000,
  system: [{ type: "text", text: "Rule. ".repeat(500), cache_control: { type: "ephemeral" } }],
  messages: [{ role: "user", content: "| pair | close | EMA50 |\n| BTC/USDT | 2 | 1 |" }],
  tools: [{ name: "submit", input_schema: { type: "object" } }],
  tool_choice: { type: "auto" },
};

const send = (body: object, path = "/v1/messages"): Promise<Response> =>
  fetch(`${simulator.baseUrl}${path}`, {
    method: "POST",
    headers: { "x-api-key": "sk-test", "anthropic-version": "2026-10-21", "content-type": "application/json" },
    body: JSON.stringify(body),
  });

const isFields = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

/** Each field with its path and the kind of its value. What a tool is given is the model's own. */
const fieldsOf = (value: unknown, path = ""): string[] => {
  if (!isFields(value)) return [`${path}: ${value === null ? "null" : typeof value}`];
  if (path.endsWith(".input")) return [`${path}: object`];
  const inner = Object.entries(value).flatMap(([name, field]) => fieldsOf(field, `${path}.${name}`));
  return inner.length === 0 ? [`${path}: empty`] : inner;
};

/** Fields of a documented example that an answer lacks, or has of another kind. */
const missingOf = (example: unknown, answered: unknown): string[] => {
  const has = new Set(fieldsOf(answered));
  return fieldsOf(example).filter((field) => !has.has(field));
};

const eventsOf = (text: string): { readonly name: string; readonly data: Readonly<Record<string, unknown>> }[] =>
  text
    .trim()
    .split("\n\n")
    .map((event) => {
      const [, name = "", data = ""] = /^event: (.+)\ndata: (.+)$/.exec(event) ?? [];
      return { name, data: JSON.parse(data) as Readonly<Record<string, unknown>> };
    });

const kindOf = (event: Readonly<Record<string, unknown>>): string => {
  const { type, delta, content_block: block } = event;
  const inner = [delta, block].find(isFields)?.["type"];
  return `${String(type)}${typeof inner === "string" ? ` ${inner}` : ""}`;
};

/** Kinds of events in order; so many of one kind in a row count once. Where a ping comes is not said. */
const orderOf = (events: readonly Readonly<Record<string, unknown>>[]): string[] =>
  events
    .map(kindOf)
    .filter((kind) => kind !== "ping")
    .filter((kind, index, all) => kind !== all[index - 1]);

it("finds a field that is missing, or of another kind", () => {
  expect(missingOf({ a: 1, b: { c: null } }, { a: "1", b: {} })).toEqual([".a: number", ".b.c: null"]);
  expect(missingOf({ a: [] }, { a: [] })).toEqual([]);
});

it("a reply that thought and called a tool has each documented field, the cache's among its usage", async () => {
  const reply: unknown = await (await send(ASKED)).json();
  expect(
    missingOf({ ...THOUGHT_AND_CALLED, usage: { ...THOUGHT_AND_CALLED.usage, inference_geo: null } }, reply),
  ).toEqual([]);
});

it("a stream of it tells the documented events in their order, named as they are, with each field", async () => {
  const response = await send({ ...ASKED, stream: true });
  expect(response.headers.get("content-type")).toMatch(/^text\/event-stream/);
  const events = eventsOf(await response.text());
  for (const { name, data } of events) expect(data["type"]).toBe(name);
  expect(orderOf(events.map(({ data }) => data))).toEqual(orderOf(STREAMED));
  for (const example of STREAMED) {
    const same = events.filter(({ data }) => kindOf(data) === kindOf(example)).map(({ data }) => data);
    const shape = JSON.parse(
      JSON.stringify(example).replace('"inference_geo":"global"', '"inference_geo":null'),
    ) as unknown;
    expect({ kind: kindOf(example), missing: missingOf(shape, same[0]) }).toEqual({
      kind: kindOf(example),
      missing: [],
    });
  }
});

it("a tool's input begins with an empty piece, and its pieces are one JSON text", async () => {
  const events = eventsOf(await (await send({ ...ASKED, stream: true })).text());
  const pieces = events.flatMap(({ data: { delta } }) =>
    isFields(delta) && typeof delta["partial_json"] === "string" ? [delta["partial_json"]] : [],
  );
  expect(pieces[0]).toBe("");
  expect(JSON.parse(pieces.join(""))).toMatchObject({ decisions: [{ pair: "BTC/USDT" }] });
});

it("a refusal, an error and a count of tokens have their documented fields too", async () => {
  simulator.script({ kind: "refusal" });
  const refused = { ...REFUSED, usage: {} };
  expect(missingOf({ ...refused, usage: { input_tokens: 1 } }, await (await send(ASKED)).json())).toEqual([]);
  simulator.script({ kind: "turned-away", answer: refuseOverloaded() });
  const error = await send(ASKED);
  expect([error.status, missingOf(OVERLOADED, await error.json())]).toEqual([529, []]);
  const { max_tokens: _most, ...counted } = ASKED;
  expect(missingOf(COUNTED, await (await send(counted, "/v1/messages/count_tokens")).json())).toEqual([]);
});
