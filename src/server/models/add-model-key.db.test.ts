import { expect, it } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import { modelSettingsAt } from "../../../scripts/testing/model-settings-at";
import type { Runtime } from "../runtime";
import { newUser } from "../testing/asking-bots";
import { addModelKey } from "./add-model-key";
import { removeModelKey } from "./remove-model-key";

let runtime: Runtime;
openBed((opened) => ({ runtime } = opened));

it("a key is kept, replaced and removed beside those of other providers, and audited as what it was", async () => {
  const ports = { ...runtime, models: modelSettingsAt("http://127.0.0.1:1") };
  const userId = await newUser(runtime);
  const add = (provider: "anthropic" | "ollama", baseUrl: string | null = null) =>
    addModelKey(ports, { userId, provider, key: "sk-test-0123456789", baseUrl });
  const kept = async () =>
    (await runtime.db.modelKey.findMany({ where: { userId } })).map(({ provider }) => provider).toSorted();
  await add("anthropic");
  await add("ollama", "http://127.0.0.1:11434");
  await add("anthropic");
  expect(await kept()).toEqual(["anthropic", "ollama"]);
  await removeModelKey(ports, { userId, provider: "deepseek" });
  await removeModelKey(ports, { userId, provider: "anthropic" });
  expect(await kept()).toEqual(["ollama"]);
  const audits = await runtime.db.auditEntry.findMany({ where: { actorId: userId }, orderBy: { id: "asc" } });
  const added = "model-key-added";
  expect(audits.map(({ action, details }) => [action, details])).toEqual([
    [added, { provider: "anthropic", hasAddress: false, replaces: false }],
    [added, { provider: "ollama", hasAddress: true, replaces: false }],
    [added, { provider: "anthropic", hasAddress: false, replaces: true }],
    ["model-key-removed", { provider: "anthropic" }],
  ]);
});
