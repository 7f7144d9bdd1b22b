import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { costAtMost } from "~/trading/model/cost-at-most";
import { costOf } from "~/trading/model/cost-of";
import { findModel } from "~/trading/model/find-model";
import { findPrice } from "~/trading/model/find-price";
import type { ModelOutcome, ModelReply, ModelRequest } from "~/trading/model/model-call";
import { PROVIDERS, type ProviderId } from "~/trading/model/model-provider";
import { readReplyBody } from "~/trading/decision/asking/read-reply-body";
import { readToolCall } from "~/trading/model/read-tool-call";
import {
  createMessagesSimulator,
  type MessagesSimulator,
  type MessagesSimulatorOptions,
} from "../../../../simulators/messages/create-messages-simulator";
import { createMessagesModel } from "./create-messages-model";

const KEY = "sk-test-0123456789abcdef";
const WITHIN_MS = 20_000;

const REQUEST: ModelRequest = {
  system: `You trade. ${"Rules. ".repeat(400)}`,
  blocks: ["Markets:", "| pair | close | EMA50 |\n| --- | --- | --- |\n| BTC/USDT | 65000 | 64000 |"],
  tool: {
    name: "submit_decision",
    description: "Your decisions.",
    inputSchema: { type: "object", properties: { decisions: { type: "array" } }, required: ["decisions"] },
  },
  outputTokensMax: 1000,
};

const running: MessagesSimulator[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((simulator) => simulator.close()));
});

const start = async (options: MessagesSimulatorOptions = {}): Promise<MessagesSimulator> => {
  const simulator = await createMessagesSimulator(options);
  running.push(simulator);
  return simulator;
};

type Asked = { readonly provider: ProviderId; readonly model: string; readonly key?: string | null };

const connect = (simulator: MessagesSimulator, { provider, model, key = KEY }: Asked) => {
  const { keyHeader, apiVersion } = PROVIDERS[provider];
  return createMessagesModel({
    endpoint: { baseUrl: simulator.baseUrl, keyHeader, apiVersion, key },
    model: findModel(provider, model),
  });
};

const HAIKU: Asked = { provider: "anthropic", model: "claude-haiku-4-5" };

const replyOf = (outcome: ModelOutcome): ModelReply => {
  if (outcome.outcome !== "replied") throw new Error(outcome.reason);
  return outcome.reply;
};

describe("a reply", () => {
  it("comes with its tokens, the model that served it and its raw text", async () => {
    const simulator = await start();
    const outcome = await connect(simulator, HAIKU).ask(REQUEST, WITHIN_MS);
    expect(outcome).toMatchObject({ outcome: "replied", tries: 1, requestId: expect.stringMatching(/^req_\w{24}$/) });
    expect(outcome.latencyMs).toBeGreaterThan(0);
    const reply = replyOf(outcome);
    expect(reply).toMatchObject({ stopReason: "tool_use", servedModel: "claude-haiku-4-5" });
    expect(JSON.parse(reply.raw)).toMatchObject({ type: "message", content: [{ type: "tool_use" }] });
    expect(readToolCall(readReplyBody(reply.raw), "submit_decision")).toEqual({
      input: { decisions: [expect.objectContaining({ pair: "BTC/USDT", action: "open", side: "long" })] },
    });
  });

  it("tells what was written to the cache and then read from it, apart from the rest of the prompt", async () => {
    const model = connect(await start(), HAIKU);
    const first = replyOf(await model.ask(REQUEST, WITHIN_MS)).usage;
    const second = replyOf(await model.ask(REQUEST, WITHIN_MS)).usage;
    expect(first).toMatchObject({ cacheReadTokens: 0 });
    expect(first?.cacheWriteTokens).toBeGreaterThan(512);
    expect(second).toEqual({ ...first, cacheReadTokens: first?.cacheWriteTokens, cacheWriteTokens: 0 });
    const price = findPrice(findModel("anthropic", "claude-haiku-4-5"), Date.parse("2026-11-28"));
    if (price.outcome === "refused" || !first || !second) throw new Error("no price or no usage");
    const [dear, cheap] = [costOf(first, price.price), costOf(second, price.price)];
    expect(costAtMost(REQUEST, price.price)?.gt(dear ?? 0)).toBe(true);
    // 1.25 to write, 0.10 to read.
    expect(dear?.minus(cheap ?? 0).toFixed()).toBe(
      price.price.bands[0]?.rates.cacheWrite?.minus("0.10").times(first.cacheWriteTokens).div(1e6).toFixed(),
    );
  });

  it("without usage has an unknown cost, not none", async () => {
    const simulator = await start();
    simulator.script({ kind: "no-usage" });
    expect(replyOf(await connect(simulator, HAIKU).ask(REQUEST, WITHIN_MS)).usage).toBeNull();
  });

  it("of a vendor that knows no cache counts the whole prompt", async () => {
    const simulator = await start({ vendor: "ollama" });
    const { usage } = replyOf(
      await connect(simulator, { provider: "ollama", model: "qwen3:8b", key: null }).ask(REQUEST, WITHIN_MS),
    );
    expect(usage).toMatchObject({ cacheReadTokens: 0, cacheWriteTokens: 0 });
    expect(usage?.inputTokens).toBeGreaterThan(512);
  });

  it("may think before it answers", async () => {
    const model = connect(await start(), { provider: "anthropic", model: "claude-sonnet-5-5" });
    const { raw } = replyOf(await model.ask(REQUEST, WITHIN_MS));
    expect(readReplyBody(raw).content).toMatchObject([
      { type: "thinking", thinking: "BTC/USDT: the close is above EMA50, so open." },
      { type: "tool_use", name: "submit_decision" },
    ]);
  });

  it.each(["other-tool", "two-calls", "prose", "refusal", "cut-at-length"] as const)(
    "that is %s is a reply with usage, and not acted on",
    async (kind) => {
      const simulator = await start();
      simulator.script({ kind });
      const reply = replyOf(await connect(simulator, HAIKU).ask(REQUEST, WITHIN_MS));
      expect(reply.usage).not.toBeNull();
      expect(readToolCall(readReplyBody(reply.raw), "submit_decision")).toEqual({ fault: expect.any(String) });
    },
  );
});

const sentBy = async (asked: Asked, vendor: MessagesSimulatorOptions["vendor"] = "anthropic") => {
  const simulator = await start({ vendor });
  const outcome = await connect(simulator, asked).ask(REQUEST, WITHIN_MS);
  const [request] = simulator.requests();
  return { outcome, path: request?.path, headers: request?.headers ?? {}, body: request?.body };
};

describe("what goes over the wire", () => {
  it("is a bearer key and the newest version for Anthropic", async () => {
    const { path, headers } = await sentBy(HAIKU);
    expect(path).toBe("/v1/messages");
    expect(headers).toMatchObject({ authorization: `Bearer ${KEY}`, "anthropic-version": "2026-10-21" });
    expect(headers).not.toHaveProperty("x-api-key");
  });

  it("is x-api-key and the old version for DeepSeek", async () => {
    const { headers } = await sentBy({ provider: "deepseek", model: "deepseek-flash" }, "deepseek");
    expect(headers).toMatchObject({ "x-api-key": KEY, "anthropic-version": "2023-06-01" });
    expect(headers).not.toHaveProperty("authorization");
  });

  it("is no key where none is needed", async () => {
    const { headers } = await sentBy({ provider: "ollama", model: "qwen3:8b", key: null }, "ollama");
    expect(headers).not.toHaveProperty("authorization");
    expect(headers).not.toHaveProperty("x-api-key");
  });

  it("forces the tool and keeps the prompt where the model can, and sets nothing that is gone", async () => {
    const { body } = await sentBy(HAIKU);
    expect(body).toEqual({
      model: "claude-haiku-4-5",
      max_tokens: 1000,
      system: [{ type: "text", text: REQUEST.system, cache_control: { type: "ephemeral" } }],
      messages: [{ role: "user", content: REQUEST.blocks.map((text) => ({ type: "text", text })) }],
      tools: [
        {
          name: "submit_decision",
          description: "Your decisions.",
          input_schema: { ...REQUEST.tool.inputSchema, additionalProperties: false },
          strict: true,
        },
      ],
      tool_choice: { type: "tool", name: "submit_decision", disable_parallel_tool_use: true },
    });
  });

  it.each<Asked>([
    { provider: "anthropic", model: "claude-opus-5-5" },
    { provider: "anthropic", model: "claude-sonnet-5-5" },
    { provider: "anthropic", model: "claude-haiku-5-5" },
  ])("asks $model for the tool in words, since it refuses to be forced", async (asked) => {
    const { outcome, body } = await sentBy(asked);
    expect(outcome.outcome).toBe("replied");
    expect(body).toMatchObject({
      tool_choice: { type: "auto" },
      system: [{ text: expect.stringMatching(/submit_decision exactly once/) }],
    });
  });

  it("forces DeepSeek with thinking off, and sends it nothing that it does not know", async () => {
    const { outcome, body } = await sentBy({ provider: "deepseek", model: "deepseek-v4-pro" }, "deepseek");
    expect(outcome.outcome).toBe("replied");
    expect(body).toMatchObject({ thinking: { type: "disabled" }, tool_choice: { type: "tool" } });
    expect(JSON.stringify(body)).not.toMatch(/cache_control|strict/);
  });
});

describe("of the environment", () => {
  beforeEach(() => {
    vi.stubEnv("ANTHROPIC_API_KEY", "sk-of-the-environment");
    vi.stubEnv("ANTHROPIC_AUTH_TOKEN", "token-of-the-environment");
    vi.stubEnv("ANTHROPIC_BASE_URL", "http://127.0.0.1:9");
    vi.stubEnv("ANTHROPIC_CUSTOM_HEADERS", "x-api-key: sk-of-the-environment\nx-leak: environment");
    vi.stubEnv("ANTHROPIC_LOG", "debug");
  });
  afterEach(() => void vi.unstubAllEnvs());

  it.each<[what: string, Asked, MessagesSimulatorOptions["vendor"]]>([
    ["a bearer key", HAIKU, "anthropic"],
    ["x-api-key", { provider: "deepseek", model: "deepseek-flash" }, "deepseek"],
    ["no key", { provider: "ollama", model: "qwen3:8b", key: null }, "ollama"],
  ])("nothing is sent or printed with %s", async (_what, asked, vendor) => {
    const spies = (["log", "info", "debug", "warn", "error"] as const).map((name) => vi.spyOn(console, name));
    const { outcome, headers } = await sentBy(asked, vendor);
    expect(outcome.outcome).toBe("replied");
    expect(JSON.stringify(headers)).not.toMatch(/environment|stainless/);
    for (const spy of spies) {
      expect(spy.mock.calls).toEqual([]);
      spy.mockRestore();
    }
  });
});

it("hundred questions at once each get their own answer", async () => {
  const simulator = await start();
  const model = connect(simulator, HAIKU);
  const pairs = Array.from({ length: 100 }, (_, n) => `C${n}/USDT`);
  const outcomes = await Promise.all(
    pairs.map((pair) => {
      const block = `| pair | close | EMA50 |\n| --- | --- | --- |\n| ${pair} | 2 | 1 |`;
      return model.ask({ ...REQUEST, blocks: [block] }, WITHIN_MS);
    }),
  );
  const named = outcomes.map((outcome) => /"pair":"([^"]+)"/.exec(replyOf(outcome).raw)?.[1]);
  expect(named).toEqual(pairs);
  expect(simulator.requests()).toHaveLength(100);
});
