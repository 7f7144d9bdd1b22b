import { expect, it } from "vitest";
import { parseReplies } from "../../src/trading/backtest/recorded-replies";
import { createBooksFixture, FIRST_SLOT, HOUR_MS } from "../../src/server/testing/books-fixture";
import { claimSlot, stagesOf } from "../../src/server/testing/cycle-fixture";
import { insertSampleCall } from "../../src/server/testing/sample-call";
import type { Runtime } from "../../src/server/runtime";
import { openBed } from "../testing/open-bed";
import { storedReplies } from "./stored-replies";

let runtime: Runtime;
openBed((opened) => ({ runtime } = opened));

const hashOf = (name: string): string => name.repeat(64);

it("every reply of a bot is kept for a backtest, a repair after what it repairs, and nothing of another bot or a lost call", async () => {
  const fixture = await createBooksFixture(runtime);
  const { userId, botId } = fixture;
  const otherId = await fixture.addBot();
  const cycleOf = async (hour: number, bot = botId): Promise<string> => {
    const cycle = await claimSlot(fixture, FIRST_SLOT + hour * HOUR_MS, { holder: `run-${hour}`, botId: bot });
    if (bot === botId) for (const stage of stagesOf(fixture, () => [])) await stage.run(cycle);
    return cycle.cycleId;
  };
  const [first, second, other] = [await cycleOf(0), await cycleOf(1), await cycleOf(1, otherId)];
  const store = (cycleId: string, name: string, more: Partial<Parameters<typeof insertSampleCall>[1]> = {}) =>
    insertSampleCall(runtime.db, {
      userId,
      botId,
      cycleId,
      promptHash: hashOf(name),
      raw: `{"name":"${name}"}`,
      ...more,
    });
  await store(second, "c");
  await store(first, "b", { attempt: 2 });
  await store(first, "a");
  await store(other, "d", { botId: otherId });
  const lost = {
    state: "lost",
    raw: null,
    servedModel: null,
    fault: "lost-time",
    reason: "late",
    cost: "0.05",
  } as const;
  await store(second, "e", { attempt: 2, ...lost });
  const replies = parseReplies(await storedReplies(runtime, botId));
  expect(replies.map(({ promptHash, raw }) => [promptHash, raw])).toEqual(
    ["a", "b", "c"].map((name) => [hashOf(name), `{"name":"${name}"}`]),
  );
});
