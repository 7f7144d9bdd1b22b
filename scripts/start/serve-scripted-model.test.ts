import { afterAll, beforeAll, expect, it } from "vitest";
import { createMessagesModel } from "../../src/server/adapters/model/create-messages-model";
import { readReplyBody } from "../../src/trading/decision/asking/read-reply-body";
import { findModel } from "../../src/trading/model/find-model";
import { PROVIDERS } from "../../src/trading/model/model-provider";
import { judgeTrial, MODEL_TRIAL } from "../../src/trading/model/model-trial";
import { serveScriptedModel } from "./serve-scripted-model";

let served: Awaited<ReturnType<typeof serveScriptedModel>>;
beforeAll(async () => {
  served = await serveScriptedModel(0);
});
afterAll(() => served.close());

it("answers the product's own adapter without a key, by the catalogue's entry, and keeps what stays the same", async () => {
  const { keyHeader, apiVersion } = PROVIDERS.scripted;
  const endpoint = { baseUrl: served.baseUrl, keyHeader, apiVersion, key: null };
  const model = createMessagesModel({ endpoint, model: findModel("scripted", "scripted-trader-1") });
  const long = { ...MODEL_TRIAL, system: `${MODEL_TRIAL.system} ${"It is long. ".repeat(300)}` };
  const [first, second] = [await model.ask(long, 10_000), await model.ask(long, 10_000)];
  if (first.outcome !== "replied" || second.outcome !== "replied") throw new Error("no reply");
  expect(judgeTrial(readReplyBody(first.reply.raw))).toMatchObject({ outcome: "passed" });
  expect(first.reply).toMatchObject({ servedModel: "scripted-trader-1", stopReason: "tool_use" });
  expect([first.reply.usage?.cacheReadTokens, second.reply.usage?.cacheReadTokens]).toEqual([0, expect.any(Number)]);
  expect(second.reply.usage?.cacheReadTokens).toBeGreaterThan(512);
});

it("does not start on a port that is taken", async () => {
  await expect(serveScriptedModel(Number(new URL(served.baseUrl).port))).rejects.toThrow(/EADDRINUSE/);
});
