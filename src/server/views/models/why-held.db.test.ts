import { beforeEach, describe, expect, it } from "vitest";
import { openBed } from "../../../../scripts/testing/open-bed";
import { openModelBed, withModels, type ModelBed } from "../../../../scripts/testing/open-model-bed";
import type { Behaviour } from "../../../../simulators/messages/behaviour";
import { refuseKey } from "../../../../simulators/messages/messages-answer";
import type { Ports } from "../../ports";
import type { Runtime } from "../../runtime";
import { createBooksFixture, FIRST_SLOT, HOUR_MS, type BooksFixture } from "../../testing/books-fixture";
import { claimSlot } from "../../testing/cycle-fixture";
import { ASKING, askInCycle, endAfterAnswer } from "../../testing/model-fixture";
import { getOverview } from "../overview/get-overview";
import { getBotSpend } from "./get-bot-spend";
import { whyHeld } from "./why-held";

const PAIRS = ["BTC/USDT", "ETH/USDT"];
const HOLDS = PAIRS.map((pair) => ({ pair, action: "hold", confidence: 0.5, thesis: "it waits", evidence: [] }));
const REPLY: Behaviour = { kind: "reply", input: { decisions: HOLDS } };
const PROSE: Behaviour = { kind: "prose" };

let runtime: Runtime;
let bed: ModelBed;
let fixture: BooksFixture;
let ports: Ports;
openBed((opened) => ({ runtime } = opened));
openModelBed((opened) => (bed = opened));
beforeEach(async () => {
  fixture = await createBooksFixture(runtime, { pairs: PAIRS, settings: { ...ASKING, intervalSeconds: 300 } });
  ports = withModels(fixture.ports, bed.settings);
  await runtime.db.modelGate.updateMany({ data: { calls: 0, failures: 0, openUntil: null } });
});

/** A whole cycle of the bot, whose model behaves so. */
const run = async (slot: number, behaviours: readonly Behaviour[], asking = ports): Promise<void> => {
  bed.simulator.script(...behaviours);
  const cycle = await claimSlot(fixture, slot, { holder: `run-${slot}` });
  await askInCycle(asking, cycle);
  await endAfterAnswer(asking, cycle);
};
const held = async () => (await getBotSpend(ports, { userId: fixture.userId, botId: fixture.botId })).held;
/** What the overview says of it. */
const noted = async () => {
  const { attention } = await getOverview(ports, fixture.userId);
  return attention.find(({ id }) => id === `unanswered:${fixture.botId}`)?.text ?? null;
};

describe("why a bot's last cycle held", () => {
  it("is not said of one that was answered, also where it wants nothing of any pair in the same words", async () => {
    expect(await held()).toBeNull();
    await run(FIRST_SLOT, [REPLY]);
    expect(await held()).toBeNull();
  });

  it("is not said where nothing had moved since the last answer", async () => {
    await run(FIRST_SLOT, [REPLY]);
    await run(FIRST_SLOT + 300_000, []);
    expect(await held()).toBeNull();
  });

  it("is what the vendor turned it away for, until one is answered again", async () => {
    await run(FIRST_SLOT, [{ kind: "turned-away", answer: refuseKey() }]);
    expect(await held()).toMatch(/key was not accepted/);
    expect(await noted()).toMatch(/^.+: it holds, since it gets no answer of its model: The key was not accepted/);
    await run(FIRST_SLOT + HOUR_MS, [REPLY]);
    expect(await held()).toBeNull();
    expect(await noted()).toBeNull();
  });

  it("is that a budget is spent, though it was answered before", async () => {
    await run(FIRST_SLOT, [REPLY]);
    await run(FIRST_SLOT + HOUR_MS, [], withModels(fixture.ports, { ...bed.settings, systemBudget: "0.000001" }));
    expect(await held()).toMatch(/^the budget of all users together is \$0\.000001 a day/);
    expect(await noted()).toContain("the budget of all users together");
  });

  it("is what was wrong with a reply of which nothing could be used", async () => {
    await run(FIRST_SLOT, [PROSE, PROSE]);
    expect(await held()).toMatch(/prose/);
  });

  it("is on the overview only where it lasts: what passes by itself is no news", async () => {
    await run(FIRST_SLOT, [PROSE, PROSE]);
    expect(await noted()).toBeNull();
    await run(FIRST_SLOT + HOUR_MS, [{ kind: "reset" }]);
    expect(await held()).toMatch(/connection broke/);
    expect(await noted()).toBeNull();
  });

  it("is not told to another user", async () => {
    await run(FIRST_SLOT, [{ kind: "turned-away", answer: refuseKey() }]);
    expect(await whyHeld(ports, { userId: ports.newId(), botIds: [fixture.botId] })).toEqual(new Map());
    expect(await whyHeld(ports, { userId: fixture.userId, botIds: [fixture.botId] })).toHaveProperty("size", 1);
  });
});
