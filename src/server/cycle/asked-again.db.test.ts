import { beforeEach, describe, expect, it } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import { openModelBed, withModels, type ModelBed } from "../../../scripts/testing/open-model-bed";
import type { Behaviour } from "../../../simulators/messages/behaviour";
import { createMessagesModel } from "../adapters/model/create-messages-model";
import type { Ports } from "../ports";
import type { Runtime } from "../runtime";
import { createBooksFixture, FIRST_SLOT, HOUR_MS, type BooksFixture } from "../testing/books-fixture";
import { claimSlot } from "../testing/cycle-fixture";
import { ASKING, askInCycle, endAfterAnswer } from "../testing/model-fixture";

const PAIRS = ["BTC/USDT", "ETH/USDT"];
const STEP_MS = 300_000;
/** When models have the prices that the catalogue knows. */
const NOW = Date.parse("2026-11-28");

let runtime: Runtime;
let bed: ModelBed;
let fixture: BooksFixture;
let ports: Ports;
openBed((opened) => ({ runtime } = opened));
openModelBed((opened) => (bed = opened));
const openFixture = async (settings: object = {}): Promise<void> => {
  fixture = await createBooksFixture(runtime, {
    pairs: PAIRS,
    settings: { ...ASKING, intervalSeconds: 300, ...settings },
  });
  ports = withModels(fixture.ports, bed.settings);
};
beforeEach(() => openFixture());

const holds = PAIRS.map((pair) => ({ pair, action: "hold", confidence: 0.5, thesis: "waits", evidence: [] }));
const HOLDS: Behaviour = { kind: "reply", input: { decisions: holds } };

const run = async (slot: number, by: Ports = ports) => {
  const cycle = await claimSlot(fixture, slot, { holder: `run-${slot}` });
  const asked = await askInCycle(by, cycle);
  await endAfterAnswer(by, cycle);
  return asked;
};
const callsOf = () =>
  runtime.db.modelCall.findMany({ where: { botId: fixture.botId }, orderBy: [{ slot: "asc" }, { attempt: "asc" }] });
const messageOf = ({ prompt }: Awaited<ReturnType<typeof callsOf>>[number]): string =>
  (prompt as { readonly message: string }).message;

describe("whether a question has moved", () => {
  it("is judged by the last answer, not by an earlier one", async () => {
    bed.simulator.script(HOLDS, HOLDS);
    expect(await run(FIRST_SLOT)).toMatchObject({ outcome: "answered" });
    expect(await run(FIRST_SLOT + HOUR_MS)).toMatchObject({ outcome: "answered" });
    expect(await run(FIRST_SLOT + HOUR_MS + STEP_MS)).toMatchObject({ outcome: "held", code: "nothing-moved" });
    expect(await callsOf()).toHaveLength(2);
  });

  it("is not asked of a reply that could not be used: the same question is asked again", async () => {
    bed.simulator.script({ kind: "prose" }, { kind: "prose" }, HOLDS);
    expect(await run(FIRST_SLOT)).toMatchObject({ outcome: "held", code: "no-answer" });
    expect(await run(FIRST_SLOT + STEP_MS)).toMatchObject({ outcome: "answered" });
    expect(await run(FIRST_SLOT + 2 * STEP_MS)).toMatchObject({ outcome: "held", code: "nothing-moved" });
  });
});

describe("a prompt", () => {
  it("quotes between marks of its own cycle, which none of another cycle tells", async () => {
    bed.simulator.script(HOLDS, HOLDS);
    await run(FIRST_SLOT);
    await run(FIRST_SLOT + HOUR_MS);
    const marks = (await callsOf()).map((call) => /<data-([0-9a-f]{16})>/.exec(messageOf(call))?.[1]);
    expect(marks).toEqual([expect.any(String), expect.any(String)]);
    expect(marks[0]).not.toBe(marks[1]);
  });

  it("shows of each pair what its own market shows", async () => {
    const rates: Readonly<Record<string, string>> = { "BTC/USDT": "0.0002", "ETH/USDT": "-0.0003" };
    const market = {
      ...fixture.market,
      fetchFundingRate: ({ pair }: { readonly pair: string }) =>
        Promise.resolve({ ratePer8h: rates[pair] ?? "0", nextAt: null }),
    };
    bed.simulator.script(HOLDS);
    await run(FIRST_SLOT, { ...ports, marketDataOf: () => Promise.resolve(market) });
    const [call] = await callsOf();
    const lines = call ? messageOf(call).split("\n") : [];
    expect(lines).toContain("BTC/USDT.funding | funding of 8 hours | 0.02 %");
    expect(lines).toContain("ETH/USDT.funding | funding of 8 hours | -0.03 %");
  });
});

describe("a model that is asked once more", () => {
  it("has no more than what is left of the time for an answer", async () => {
    const given: number[] = [];
    const watched: Ports["modelOf"] = (options) => ({
      ask: (request, withinMs) => {
        given.push(withinMs);
        return createMessagesModel(options).ask(request, withinMs);
      },
    });
    bed.simulator.script({ kind: "prose" }, HOLDS);
    expect(await run(FIRST_SLOT, { ...ports, modelOf: watched })).toMatchObject({ outcome: "answered" });
    expect(given).toHaveLength(2);
    expect(given[1]).toBeLessThan(given[0] ?? 0);
  });
});

describe("a paid model at a market whose clock runs faster", () => {
  it.each([
    [false, "no-consent"],
    [true, "model-no-key"],
  ])("with its trader's consent %s is held for by %s", async (acceleratedConsent, code) => {
    const decision = { ...ASKING.decision, model: "anthropic/claude-haiku-4-5", acceleratedConsent };
    await openFixture({ decision });
    const cycle = await claimSlot(fixture, FIRST_SLOT, { holder: "run" });
    await runtime.db.venueClock.update({ where: { venueId: fixture.venueId }, data: { speed: 2 } });
    expect(await askInCycle({ ...ports, wallNow: () => NOW }, cycle)).toMatchObject({ outcome: "held", code });
  });
});
