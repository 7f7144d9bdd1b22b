import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import { openModelBed, withModels, type ModelBed } from "../../../scripts/testing/open-model-bed";
import type { Behaviour } from "../../../simulators/messages/behaviour";
import { refuseKey } from "../../../simulators/messages/messages-answer";
import { decimal } from "~/trading/money";
import type { Ports } from "../ports";
import type { Runtime } from "../runtime";
import { askFor, askingBots, newUser, type AskingBot } from "../testing/asking-bots";
import { createBooksFixture, type BooksFixture } from "../testing/books-fixture";
import { loseCall } from "./end-call";
import { reserveCall } from "./reserve-call";

const SHORT_MS = 800;
const PROVIDER = "scripted";
const NAME = "scripted-trader-1";
const MINUTE_MS = 60_000;
const YEAR_MS = 365 * 86_400_000;

let runtime: Runtime;
let bed: ModelBed;
let fixture: BooksFixture;
let ports: Ports;
let bots: AskingBot[];
/** The beginning of a minute. */
let now: number;
openBed((opened) => ({ runtime } = opened));
openModelBed((opened) => (bed = opened));
beforeAll(async () => {
  fixture = await createBooksFixture(runtime);
});
beforeEach(async () => {
  ports = withModels(fixture.ports, bed.settings);
  now = Math.floor(ports.wallNow() / MINUTE_MS) * MINUTE_MS;
  bots = await askingBots(fixture, await newUser(ports), 8);
  await runtime.db.modelGate.updateMany({ data: { calls: 0, failures: 0, openUntil: null } });
});

const at = (afterMs: number, settings: Partial<Ports["models"]> = {}): Ports => ({
  ...withModels(ports, { ...bed.settings, ...settings }),
  wallNow: () => now + afterMs,
});
const times = (count: number, behaviour: Behaviour): Behaviour[] => Array.from({ length: count }, () => behaviour);
const bot = (index: number): AskingBot => {
  const found = bots[index];
  if (!found) throw new Error("too few bots");
  return found;
};
const fail = async (by: Ports, count: number, from = 0): Promise<void> => {
  bed.simulator.script(...times(count, { kind: "reset" }));
  for (const each of bots.slice(from, from + count)) {
    expect(await askFor(by, each)).toMatchObject({ code: "model-lost" });
  }
};

const question = (asker: AskingBot) => ({
  userId: asker.userId,
  cycle: asker,
  attempt: 1 as const,
  frameVersion: 1,
  promptHash: "a".repeat(64),
  prompt: {},
  facts: [],
  id: runtime.newId(),
  provider: PROVIDER,
  model: NAME,
  place: "",
  reserve: decimal("0.001"),
  botBudget: "100",
  isShared: false,
});

describe("a model that all share", () => {
  it("is not left alone for those who gave it less time than the deployment does", async () => {
    bed.simulator.script(...times(5, { kind: "silence" }));
    for (const each of bots.slice(0, 5)) {
      expect(await askFor(at(0), each, { withinMs: SHORT_MS })).toMatchObject({ code: "model-lost" });
    }
    expect(await askFor(at(0), bot(5))).toMatchObject({ outcome: "replied" });
  });

  it("is left alone for being silent for all the time that there is", async () => {
    const hurried = at(0, { withinMs: SHORT_MS });
    bed.simulator.script(...times(5, { kind: "silence" }));
    for (const each of bots.slice(0, 5)) await askFor(hurried, each, { withinMs: SHORT_MS });
    expect(await askFor(at(0), bot(5))).toMatchObject({ outcome: "busy" });
  });

  it("is asked by the next one at once where the one that was let through found nothing out", async () => {
    await fail(at(0), 5);
    expect(await askFor(at(1000), bot(5))).toMatchObject({ outcome: "busy" });
    const after = at(MINUTE_MS + 1000);
    bed.simulator.script({ kind: "turned-away", answer: refuseKey() }, { kind: "reset" });
    expect(await askFor(after, bot(5))).toMatchObject({ code: "model-refused" });
    expect(await askFor(after, bot(6))).toMatchObject({ code: "model-lost" });
    expect(await askFor(after, bot(7))).toMatchObject({ outcome: "busy" });
    expect(await askFor(at(3 * MINUTE_MS), bot(7))).toMatchObject({ outcome: "replied" });
  });

  it("stays left alone where another than the one that was let through says nothing of it", async () => {
    const asked = { ...question(bot(0)), withinMs: 20_000 };
    expect(await reserveCall(at(-5000), asked)).toEqual({ outcome: "reserved" });
    await fail(at(0), 5, 1);
    expect(await loseCall(at(100), asked.id)).toBe(true);
    expect(await askFor(at(1000), bot(6))).toMatchObject({ outcome: "busy" });
  });
});

describe("a clock that was a year ahead, and is right again, holds up nobody", () => {
  it("by its breaker", async () => {
    await fail(at(YEAR_MS), 5);
    expect(await askFor(at(YEAR_MS), bot(5))).toMatchObject({ outcome: "busy" });
    expect(await askFor(at(0), bot(5))).toMatchObject({ outcome: "replied" });
  });

  it("by its minute", async () => {
    const once = { perMinute: 1 };
    expect(await askFor(at(YEAR_MS, once), bot(0))).toMatchObject({ outcome: "replied" });
    expect(await askFor(at(YEAR_MS, once), bot(1))).toMatchObject({ outcome: "busy" });
    expect(await askFor(at(0, once), bot(2))).toMatchObject({ outcome: "replied" });
    expect(await askFor(at(0, once), bot(3))).toMatchObject({ outcome: "busy" });
  });

  it.each([
    ["of one model", { atOnceEach: 1 }],
    ["of all", { atOnce: 1 }],
  ])("by calls %s that its process left under way", async (_of, one) => {
    // Not of tests before.
    await runtime.db
      .$executeRaw`UPDATE model_calls SET state = 'lost', cost = reserve, fault = 'lost-asker', reason = 'x',
      answered_at = asked_at WHERE state = 'reserved'`;
    const asked = { ...question(bot(0)), withinMs: 20_000 };
    expect(await reserveCall(at(YEAR_MS), asked)).toEqual({ outcome: "reserved" });
    expect(await askFor(at(YEAR_MS + 1000, one), bot(1))).toMatchObject({ outcome: "busy" });
    expect(await askFor(at(0, one), bot(2))).toMatchObject({ outcome: "replied" });
  });
});

it("clocks that are some seconds apart count one minute together at its end", async () => {
  const twice = { perMinute: 2 };
  const [behind, ahead] = [at(50_000, twice), at(65_000, twice)];
  expect(await askFor(ahead, bot(0))).toMatchObject({ outcome: "replied" });
  expect(await askFor(behind, bot(1))).toMatchObject({ outcome: "replied" });
  expect(await askFor(ahead, bot(2))).toMatchObject({ outcome: "busy" });
  expect(await askFor(behind, bot(3))).toMatchObject({ outcome: "busy" });
});
