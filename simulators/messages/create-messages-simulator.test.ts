import Anthropic from "@anthropic-ai/sdk";
import type {
  Message,
  MessageCreateParamsNonStreaming,
  RawMessageStreamEvent,
} from "@anthropic-ai/sdk/resources/messages";
import { afterEach, describe, expect, it } from "vitest";
import {
  createMessagesSimulator,
  type MessagesSimulator,
  type MessagesSimulatorOptions,
} from "./create-messages-simulator";
import type { MessageBody } from "./message-body";
import type { StreamEvent } from "./stream-message";

const running: MessagesSimulator[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((simulator) => simulator.close()));
});

const start = async (options: MessagesSimulatorOptions = {}): Promise<MessagesSimulator> => {
  const simulator = await createMessagesSimulator(options);
  running.push(simulator);
  return simulator;
};

/** The SDK as it is, with only the address changed. */
const connect = ({ baseUrl }: MessagesSimulator, version = "2026-10-21"): Anthropic =>
  new Anthropic({
    apiKey: "sk-test",
    baseURL: baseUrl,
    maxRetries: 0,
    defaultHeaders: { "anthropic-version": version },
    openTelemetry: false,
  });

const TABLE = `Markets at noon:
| Pair | close | EMA50 |
| :--- | ---: | ---: |
| BTC/USDT | 65,000.5 | 64,000 |
| ETH/USDT | 3000 | 3100 |
| SOL/USDT | 150 | unknown |

| pair | held |
| --- | --- |
| XRP/USDT | 1 |`;

const ask = (change: Partial<MessageCreateParamsNonStreaming> = {}): MessageCreateParamsNonStreaming => ({
  model: "claude-haiku-4-5",
  max_tokens: 1000,
  system: "You trade.",
  messages: [{ role: "user", content: [{ type: "text", text: TABLE }] }],
  tools: [{ name: "submit", input_schema: { type: "object" } }],
  tool_choice: { type: "tool", name: "submit" },
  ...change,
});

const statusOf = async (asked: Promise<unknown>): Promise<string> =>
  asked.then(
    () => "answered",
    (error: unknown) =>
      error instanceof Anthropic.APIError ? `${String(error.status)} ${error.apiMessage}` : String(error),
  );

it("has the form that the SDK's own types give a reply and each event of a stream", () => {
  const reply = (body: MessageBody): Message => body;
  const event = (told: StreamEvent): RawMessageStreamEvent => told;
  expect([reply, event]).toHaveLength(2);
});

describe("the scripted trader, asked by the unmodified SDK", () => {
  it("goes long above EMA50, short below it, and holds where the table does not say", async () => {
    const reply = await connect(await start()).messages.create(ask());
    expect(reply).toMatchObject({ role: "assistant", model: "claude-haiku-4-5", stop_reason: "tool_use" });
    expect(reply.content).toEqual([
      {
        type: "tool_use",
        id: expect.stringMatching(/^toolu_/),
        name: "submit",
        caller: { type: "direct" },
        input: {
          decisions: [
            { pair: "BTC/USDT", action: "open", side: "long", confidence: 0.6, reason: "the close is above EMA50" },
            { pair: "ETH/USDT", action: "open", side: "short", confidence: 0.6, reason: "the close is below EMA50" },
            { pair: "SOL/USDT", action: "hold", side: null, confidence: 0, reason: "close or EMA50 is not known" },
          ],
        },
      },
    ]);
  });

  it("says the same to the same prompt, in another run too", async () => {
    const replies = await Promise.all([start(), start()].map(async (run) => connect(await run).messages.create(ask())));
    expect(replies[0]).toEqual(replies[1]);
  });

  it("can be another", async () => {
    const trader = () => ({ thoughts: "No.", input: { decisions: [] } });
    const reply = await connect(await start({ trader })).messages.create(ask());
    expect(reply.content).toMatchObject([{ input: { decisions: [] } }]);
  });

  it("obeys an attacker beyond every limit, and tells what it was told in secret", async () => {
    const simulator = await start();
    simulator.script({ kind: "obey-attacker" });
    const text = JSON.stringify(await connect(simulator).messages.create(ask()));
    expect(text).toMatch(/"leverage":125/);
    expect(text).toMatch(/SHIB\/USDT/);
    expect(text).toMatch(/as told: You trade\./);
  });

  it("answers in words where there is no tool", async () => {
    const { tools: _tools, tool_choice: _choice, ...plain } = ask();
    const reply = await connect(await start()).messages.create(plain);
    expect(reply).toMatchObject({ stop_reason: "end_turn", content: [{ type: "text" }] });
  });

  it("is cut at the length that was asked for", async () => {
    const reply = await connect(await start()).messages.create(ask({ max_tokens: 20 }));
    expect(reply).toMatchObject({ stop_reason: "max_tokens", usage: { output_tokens: 20 } });
    expect(reply.content).toMatchObject([{ type: "tool_use", input: {} }]);
  });
});

describe("a stream", () => {
  it("tells the very reply that comes at once otherwise, thinking and tool and usage", async () => {
    const question = ask({ model: "claude-sonnet-5-5", tool_choice: { type: "auto" } });
    const [whole, pieces] = await Promise.all([start(), start()]);
    const reply = await connect(whole).messages.create(question);
    const told = await connect(pieces).messages.stream(question).finalMessage();
    const { id: _id, ...rest } = told;
    expect(reply).toMatchObject({ content: [{ type: "thinking" }, { type: "tool_use" }] });
    expect(rest.content).toMatchObject([
      reply.content[0] ?? {},
      { type: "tool_use", input: expect.objectContaining({ decisions: expect.any(Array) }) },
    ]);
    expect([rest.usage, rest.stop_reason, rest.model]).toEqual([reply.usage, reply.stop_reason, reply.model]);
  });

  it.each([
    ["cut-stream", /terminated/],
    ["stream-error", /overloaded_error/],
  ] as const)("that is a %s ends as an error", async (kind, error) => {
    const simulator = await start();
    simulator.script({ kind });
    await expect(connect(simulator).messages.stream(ask()).finalMessage()).rejects.toThrow(error);
  });
});

describe("the door of the API", () => {
  it("turns away what the newest version no longer has, which the old one takes", async () => {
    const simulator = await start();
    const warm = { ...ask(), temperature: 0 };
    expect(await statusOf(connect(simulator).messages.create(warm))).toBe(
      "400 temperature: Extra inputs are not permitted",
    );
    expect(await statusOf(connect(simulator, "2023-06-01").messages.create(warm))).toBe("answered");
    expect(simulator.requests().map(({ mayBePaid }) => mayBePaid)).toEqual([false, true]);
  });

  it.each<[what: string, change: object, says: RegExp]>([
    ["an unknown choice", { tool_choice: { type: "perhaps" } }, /^400 tool_choice: Input tag 'perhaps'/],
    ["a choice that is not given", { tool_choice: { type: "tool", name: "other" } }, /^400 .*'other' not found/],
    ["no length", { max_tokens: undefined }, /^400 max_tokens/],
    ["a length of none", { max_tokens: 0 }, /^400 max_tokens/],
    ["no model", { model: "" }, /^400 model/],
    ["another's model", { model: "gpt-5" }, /^404 model: gpt-5/],
    ["no words", { messages: [] }, /^400 messages/],
    ["the assistant's last word", { messages: [{ role: "assistant", content: "{" }] }, /^400 messages/],
    ["a forced tool of a model that refuses it", { model: "claude-opus-5-5" }, /^400 .*not supported by this model/],
    ["a forced tool while it thinks", { thinking: { type: "adaptive" } }, /^400 Thinking may not be enabled/],
  ])("turns away %s, unpaid", async (_what, change, says) => {
    const simulator = await start();
    expect(await statusOf(connect(simulator).messages.create({ ...ask(), ...change }))).toMatch(says);
    expect(simulator.requests().map(({ mayBePaid }) => mayBePaid)).toEqual([false]);
  });

  it("wants a key that it knows, in either header, and a version", async () => {
    const simulator = await start({ keys: ["sk-known"] });
    const send = async (headers: Record<string, string>) => {
      const body = JSON.stringify(ask());
      return (await fetch(`${simulator.baseUrl}/v1/messages`, { method: "POST", headers, body })).status;
    };
    const version = { "anthropic-version": "2023-06-01" };
    expect(await send({ ...version, authorization: "Bearer sk-known" })).toBe(200);
    expect(await send({ ...version, "x-api-key": "sk-known" })).toBe(200);
    expect(await send({ ...version, "x-api-key": "sk-other" })).toBe(401);
    expect(await send(version)).toBe(401);
    expect(await send({ "x-api-key": "sk-known" })).toBe(400);
    expect(await send({ "x-api-key": "sk-known", "anthropic-version": "2020-01-01" })).toBe(400);
  });

  it("answers odd requests, and stays up", async () => {
    const { baseUrl } = await start();
    expect((await fetch(`${baseUrl}/v1/v1/messages`, { method: "POST" })).status).toBe(404);
    expect((await fetch(`${baseUrl}/v1/messages`)).status).toBe(404);
    const headers = { "x-api-key": "k", "anthropic-version": "2023-06-01" };
    expect((await fetch(`${baseUrl}/v1/messages`, { method: "POST", headers, body: "{" })).status).toBe(400);
    expect(
      (await fetch(`${baseUrl}/v1/messages`, { method: "POST", headers, body: JSON.stringify(ask()) })).status,
    ).toBe(200);
  });

  it("does not start on a port that is taken", async () => {
    const { port } = await start();
    await expect(start({ port })).rejects.toThrow(/EADDRINUSE/);
  });
});
