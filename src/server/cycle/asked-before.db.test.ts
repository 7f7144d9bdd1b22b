import { beforeEach, describe, expect, it } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import { openModelBed, withModels, type ModelBed } from "../../../scripts/testing/open-model-bed";
import type { Ports } from "../ports";
import type { Runtime } from "../runtime";
import { createBooksFixture, FIRST_SLOT, type BooksFixture } from "../testing/books-fixture";
import { claimSlot, expireLease } from "../testing/cycle-fixture";
import { ASKING, askInCycle, endAfterAnswer } from "../testing/model-fixture";
import { askModel } from "./ask-model";
import type { CycleRef } from "./cycle-ref";

const PAIRS = ["BTC/USDT", "ETH/USDT"];
/** A slot within the same decision candle, of which all that is told stays as it is. */
const NEXT_SLOT = FIRST_SLOT + 300_000;

let runtime: Runtime;
let bed: ModelBed;
let fixture: BooksFixture;
let ports: Ports;
openBed((opened) => ({ runtime } = opened));
openModelBed((opened) => (bed = opened));
beforeEach(async () => {
  fixture = await createBooksFixture(runtime, { pairs: PAIRS, settings: { ...ASKING, intervalSeconds: 300 } });
  ports = withModels(fixture.ports, bed.settings);
});

const claim = (slot: number, holder = "run"): Promise<CycleRef> => claimSlot(fixture, slot, { holder });
const asked = (): number => bed.simulator.requests().length;
/** As where the process died before the stage was recorded. */
const forget = ({ cycleId }: CycleRef) =>
  runtime.db.$executeRaw`UPDATE cycles SET stages = stages - 'ask-model' WHERE id = ${cycleId}::uuid`;
/** Its model can be asked no more, as without its key. */
const withoutModel = (): Ports => withModels(ports, { ...bed.settings, scriptedUrl: null });

describe("a reply that was paid before its process died", () => {
  it("is used though its model cannot be asked any more", async () => {
    const cycle = await claim(FIRST_SLOT);
    const first = await askInCycle(ports, cycle);
    expect(first).toMatchObject({ outcome: "answered" });
    await forget(cycle);
    const before = asked();
    expect(await askModel(withoutModel(), cycle)).toEqual(first);
    expect(asked()).toBe(before);
    await endAfterAnswer(ports, cycle);
    const codes = await runtime.db.decision.findMany({
      where: { cycleId: cycle.cycleId },
      select: { reasonCode: true },
    });
    expect(codes.map(({ reasonCode }) => reasonCode)).not.toContain("model-no-address");
  });

  it("is used as repaired where the one before it was of no use", async () => {
    bed.simulator.script({ kind: "prose" });
    const cycle = await claim(FIRST_SLOT);
    const first = await askInCycle(ports, cycle);
    expect(first).toMatchObject({ outcome: "answered" });
    await forget(cycle);
    expect(await askModel(withoutModel(), cycle)).toEqual(first);
  });

  it("is none where nothing of it is of use: the cycle holds, and says why", async () => {
    bed.simulator.script({ kind: "prose" }, { kind: "prose" });
    const cycle = await claim(FIRST_SLOT);
    expect(await askInCycle(ports, cycle)).toMatchObject({ outcome: "held", code: "no-answer" });
    await forget(cycle);
    const before = asked();
    expect(await askModel(ports, cycle)).toMatchObject({ outcome: "held", code: "no-answer" });
    expect(asked()).toBe(before);
  });
});

describe("an answer that no cycle followed, since its process died", () => {
  it("does not keep the next cycle from asking, though nothing has moved", async () => {
    const dead = await claim(FIRST_SLOT);
    expect(await askInCycle(ports, dead)).toMatchObject({ outcome: "answered" });
    await expireLease(fixture);
    const next = await claim(NEXT_SLOT, "other");
    const { status } = await runtime.db.cycle.findUniqueOrThrow({ where: { id: dead.cycleId } });
    expect(status).toBe("abandoned");
    expect(await askInCycle(ports, next)).toMatchObject({ outcome: "answered" });
    await endAfterAnswer(ports, next);
  });

  it("differs from one that was followed, after which nobody is asked", async () => {
    const holds = PAIRS.map((pair) => ({ pair, action: "hold", confidence: 0.5, thesis: "waits", evidence: [] }));
    bed.simulator.script({ kind: "reply", input: { decisions: holds } });
    const cycle = await claim(FIRST_SLOT);
    await askInCycle(ports, cycle);
    await endAfterAnswer(ports, cycle);
    expect(await askInCycle(ports, await claim(NEXT_SLOT))).toMatchObject({ outcome: "held", code: "nothing-moved" });
  });
});
