import { expect, it } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import { modelSettingsAt } from "../../../scripts/testing/model-settings-at";
import type { Runtime } from "../runtime";
import { newUser } from "../testing/asking-bots";
import { addModelKey } from "./add-model-key";
import { findModelFor } from "./find-model-for";

const NOW = Date.parse("2026-11-28T12:00:00Z");

let runtime: Runtime;
openBed((opened) => ({ runtime } = opened));

it("when a key was used last is told to the minute, each time that it is used", async () => {
  const portsAt = (afterMs: number) => ({
    ...runtime,
    models: modelSettingsAt("http://127.0.0.1:1"),
    wallNow: () => NOW + afterMs,
  });
  const userId = await newUser(runtime);
  await addModelKey(portsAt(0), { userId, provider: "anthropic", key: "sk-test-0123456789", baseUrl: null });
  const usedAt = async (afterMs: number): Promise<number | undefined> => {
    const found = await findModelFor(portsAt(afterMs), { userId, model: "anthropic/claude-haiku-4-5" });
    expect(found).toMatchObject({ outcome: "found" });
    return (await runtime.db.modelKey.findFirstOrThrow({ where: { userId } })).usedAt?.getTime();
  };
  expect(await usedAt(0)).toBe(NOW);
  expect(await usedAt(59_000)).toBe(NOW);
  expect(await usedAt(61_000)).toBe(NOW + 61_000);
  expect(await usedAt(3_600_000)).toBe(NOW + 3_600_000);
});
