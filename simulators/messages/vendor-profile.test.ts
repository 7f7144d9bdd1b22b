import Anthropic from "@anthropic-ai/sdk";
import type { Message, MessageCreateParamsNonStreaming } from "@anthropic-ai/sdk/resources/messages";
import { afterEach, describe, expect, it } from "vitest";
import {
  createMessagesSimulator,
  type MessagesSimulator,
  type MessagesSimulatorOptions,
} from "./create-messages-simulator";
import { refuseOverloaded } from "./messages-answer";

const running: MessagesSimulator[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((simulator) => simulator.close()));
});

const start = async (options: MessagesSimulatorOptions = {}): Promise<MessagesSimulator> => {
  const simulator = await createMessagesSimulator(options);
  running.push(simulator);
  return simulator;
};

const connect = ({ baseUrl }: MessagesSimulator, version = "2023-06-01"): Anthropic =>
  new Anthropic({
    apiKey: "sk-test",
    baseURL: baseUrl,
    maxRetries: 0,
    defaultHeaders: { "anthropic-version": version },
    openTelemetry: false,
  });

const ask = (change: Partial<MessageCreateParamsNonStreaming> = {}): MessageCreateParamsNonStreaming => ({
  model: "claude-haiku-4-5",
  max_tokens: 1000,
  messages: [{ role: "user", content: "| pair | close | EMA50 |\n| BTC/USDT | 2 | 1 |" }],
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

describe("usage", () => {
  const kept = (): MessageCreateParamsNonStreaming =>
    ask({ system: [{ type: "text", text: "Rule. ".repeat(500), cache_control: { type: "ephemeral" } }] });

  it("writes a kept beginning once and reads it for five minutes since its last use", async () => {
    let now = 0;
    const client = connect(await start({ now: () => now }));
    const next = async (afterMs: number) => {
      now += afterMs;
      const { usage } = await client.messages.create(kept());
      return [usage.cache_creation_input_tokens, usage.cache_read_input_tokens].map((count) => (count ?? 0) > 0);
    };
    expect(await next(0)).toEqual([true, false]);
    expect(await next(299_999)).toEqual([false, true]);
    expect(await next(299_999)).toEqual([false, true]);
    expect(await next(300_000)).toEqual([true, false]);
  });

  it("counts each token of a prompt once, and as many as asked for before", async () => {
    const client = connect(await start());
    const { max_tokens: _most, ...question } = kept();
    const { input_tokens: counted } = await client.messages.countTokens(question);
    for (const { usage } of [await client.messages.create(kept()), await client.messages.create(kept())]) {
      const { input_tokens: input, cache_creation_input_tokens: written, cache_read_input_tokens: read } = usage;
      expect(input + (written ?? 0) + (read ?? 0)).toBe(counted);
    }
  });

  it("is kept by nothing that was turned away", async () => {
    const simulator = await start();
    simulator.script({ kind: "turned-away", answer: refuseOverloaded() });
    const client = connect(simulator);
    expect(await statusOf(client.messages.create(kept()))).toMatch(/^529/);
    expect((await client.messages.create(kept())).usage.cache_read_input_tokens).toBe(0);
  });
});

describe("the endpoint of another vendor", () => {
  it("of DeepSeek serves Claude's names by its own models, and turns other names away", async () => {
    const client = connect(await start({ vendor: "deepseek" }), "whatever");
    const served = async (model: string) =>
      (await client.messages.create({
        ...ask({ model, tool_choice: { type: "auto" } }),
        temperature: 0,
      } as never)) as Message;
    expect((await served("claude-opus-5-5")).model).toBe("deepseek-v4-pro");
    expect((await served("claude-haiku-4-5")).model).toBe("deepseek-flash");
    expect((await served("deepseek-flash")).content).toMatchObject([{ type: "thinking" }, { type: "tool_use" }]);
    expect(await statusOf(served("unheard-of"))).toMatch(/^400/);
  });

  it("of DeepSeek is forced only with thinking off", async () => {
    const client = connect(await start({ vendor: "deepseek" }));
    const asked = ask({ model: "deepseek-flash" });
    expect(await statusOf(client.messages.create(asked))).toMatch(/^400 Thinking mode does not support/);
    expect(await statusOf(client.messages.create({ ...asked, thinking: { type: "disabled" } }))).toBe("answered");
  });

  it("of DeepSeek keeps prompts by itself", async () => {
    const client = connect(await start({ vendor: "deepseek" }));
    const asked = ask({ model: "deepseek-flash", tool_choice: { type: "auto" }, system: "Rule. ".repeat(500) });
    const first = (await client.messages.create(asked)).usage;
    const second = (await client.messages.create(asked)).usage;
    expect([first.cache_read_input_tokens, first.cache_creation_input_tokens]).toEqual([0, null]);
    expect(second.cache_read_input_tokens).toBeGreaterThan(512);
  });

  it("of Ollama wants no key, ignores choices, and cannot count", async () => {
    const simulator = await start({ vendor: "ollama" });
    const client = connect(simulator);
    const reply = await client.messages.create(ask({ model: "qwen3:8b", tool_choice: { type: "perhaps" } as never }));
    expect(reply.usage).toMatchObject({ cache_read_input_tokens: null, cache_creation: null });
    expect(await statusOf(client.messages.countTokens(ask({ model: "qwen3:8b" })))).toMatch(/^404/);
  });

  it("of the scripted model serves it alone, without a key, and thinks before it answers", async () => {
    const client = connect(await start({ vendor: "scripted" }));
    const asked = ask({ model: "scripted-trader-1", tool_choice: { type: "auto" } });
    const { model, content } = await client.messages.create(asked);
    expect([model, content.map(({ type }) => type)]).toEqual(["scripted-trader-1", ["thinking", "tool_use"]]);
    expect(await statusOf(client.messages.create({ ...asked, model: "claude-haiku-4-5" }))).toMatch(/^404/);
  });
});
