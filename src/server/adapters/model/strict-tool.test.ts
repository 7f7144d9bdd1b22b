import { expect, it } from "vitest";
import { answerTool } from "~/trading/decision/asking/answer";
import { MODEL_CATALOGUE } from "~/trading/model/model-catalogue";
import type { ModelRequest } from "~/trading/model/model-call";
import { PROVIDERS } from "~/trading/model/model-provider";
import { MODEL_TRIAL } from "~/trading/model/model-trial";
import type { ModelTraits } from "~/trading/model/model-traits";
import { createMessagesSimulator } from "../../../../simulators/messages/create-messages-simulator";
import { createMessagesModel } from "./create-messages-model";

const PAIRS = ["BTC/USDT", "ETH/USDT"];
const { name, description, input_schema: schema } = answerTool(PAIRS);
const ASKED: ModelRequest = {
  system: "You trade.",
  blocks: ["Decide."],
  tool: { name, description, inputSchema: { ...schema, type: "object" } },
  outputTokensMax: 1000,
};

const ask = async (model: ModelTraits, request: ModelRequest, vendor: "anthropic" | "scripted" | "deepseek") => {
  const simulator = await createMessagesSimulator({ vendor });
  const { keyHeader, apiVersion } = PROVIDERS[model.provider];
  const endpoint = { baseUrl: simulator.baseUrl, keyHeader, apiVersion, key: "sk-test-0123456789abcdef" };
  try {
    const outcome = await createMessagesModel({ endpoint, model }).ask(request, 20_000);
    return { outcome, sent: JSON.stringify(simulator.requests()[0]?.body) };
  } finally {
    await simulator.close();
  }
};

const STRICT = MODEL_CATALOGUE.filter(({ capabilities }) => capabilities.strictTool);

it.each(STRICT)("$id takes what a bot and what a trial ask it", async (model) => {
  const vendor = model.provider === "scripted" ? "scripted" : "anthropic";
  for (const request of [ASKED, MODEL_TRIAL]) {
    const { outcome } = await ask(model, request, vendor);
    expect(outcome.outcome === "replied" ? "replied" : outcome.reason).toBe("replied");
  }
});

it("a strict tool's bounds are told in words, and its choices stay", async () => {
  const [model] = STRICT;
  if (!model) throw new Error("no strict model");
  const { sent } = await ask(model, ASKED, "anthropic");
  expect(sent).toContain('"strict":true');
  for (const told of ["{exclusiveMinimum: 0}", "{maxItems: 12}", "{minLength: 1, maxLength: 600}"]) {
    expect(sent).toContain(`"description":"${told}"`);
  }
  expect(sent).toContain(`"enum":${JSON.stringify(PAIRS)}`);
});

it("a tool that is not strict keeps its schema to the letter", async () => {
  const model = MODEL_CATALOGUE.find(({ provider }) => provider === "deepseek");
  if (!model) throw new Error("no DeepSeek");
  const { sent } = await ask(model, ASKED, "deepseek");
  expect(sent).toContain(`"input_schema":${JSON.stringify(ASKED.tool.inputSchema)}`);
});
