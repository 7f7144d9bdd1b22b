import pg from "pg";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import { openModelBed, withModels, type ModelBed } from "../../../scripts/testing/open-model-bed";
import type { Behaviour } from "../../../simulators/messages/behaviour";
import { failWith } from "../../../simulators/messages/messages-answer";
import { decimal } from "~/trading/money";
import type { Ports } from "../ports";
import type { Runtime } from "../runtime";
import { askFor, askingBots, newUser, type AskingBot } from "../testing/asking-bots";
import { createBooksFixture, FIRST_SLOT, type BooksFixture } from "../testing/books-fixture";
import { BREAKER } from "./call";
import { reserveCall, type Reserving } from "./reserve-call";

const MINUTE_MS = 60_000;

let runtime: Runtime;
let ownerUrl: string;
let bed: ModelBed;
let fixture: BooksFixture;
let ports: Ports;
openBed((opened) => ([runtime, ownerUrl] = [opened.runtime, opened.database.ownerUrl]));
openModelBed((opened) => (bed = opened));
beforeAll(async () => {
  fixture = await createBooksFixture(runtime);
});
beforeEach(async () => {
  ports = withModels(fixture.ports, bed.settings);
  await runtime.db.modelGate.updateMany({ data: { calls: 0, failures: 0, openUntil: null } });
});

const botsOf = async (count: number) => askingBots(fixture, await newUser(ports), count);
const at = (afterMs: number, by: Ports = ports): Ports => ({ ...by, wallNow: () => FIRST_SLOT + afterMs });
/** What came of asking for each of some bots, one after the other. */
const outcomes = async (by: Ports, bots: readonly AskingBot[]): Promise<string[]> => {
  const found: string[] = [];
  for (const bot of bots) {
    const asked = await askFor(by, bot);
    found.push(asked.outcome === "held" ? asked.code : asked.outcome);
  }
  return found;
};

describe("a model that fails now and then", () => {
  it("is asked on: only failures in a row count, and an answer begins a new row", async () => {
    const bots = await botsOf(7);
    const failures = Array.from({ length: 4 }, (): Behaviour => ({ kind: "reset" }));
    bed.simulator.script(...failures, { kind: "reply" }, { kind: "reset" }, { kind: "reply" });
    const lost = failures.map(() => "model-lost");
    expect(await outcomes(ports, bots)).toEqual([...lost, "replied", "model-lost", "replied"]);
  });
});

describe("a model that is in trouble", () => {
  it.each<[trouble: Behaviour, withinMs: number]>([
    [{ kind: "silence" }, 1500],
    [{ kind: "page" }, 20_000],
    [{ kind: "cut-json" }, 20_000],
    [{ kind: "broken-body" }, 20_000],
    [{ kind: "failed", answer: failWith(500) }, 20_000],
  ])("is left alone after five failures: %j", async (trouble, withinMs) => {
    const [last, ...failing] = await botsOf(6);
    if (!last) throw new Error("no bot");
    bed.simulator.script(...failing.map(() => trouble));
    // All the time that a model may have: what it lacks in less says nothing of it.
    const whole = withModels(ports, { ...bed.settings, withinMs });
    await Promise.all(failing.map((bot) => askFor(whole, bot, { withinMs })));
    expect(await askFor(ports, last)).toEqual({ outcome: "busy", text: expect.stringMatching(/left alone/) });
  });
});

describe("calls of a minute", () => {
  it("are counted anew in the next one", async () => {
    const few = withModels(ports, { ...bed.settings, perMinute: 2 });
    const bots = await botsOf(6);
    const counted = ["replied", "replied", "busy"];
    expect(await outcomes(at(MINUTE_MS, few), bots.slice(0, 3))).toEqual(counted);
    expect(await outcomes(at(2 * MINUTE_MS, few), bots.slice(3))).toEqual(counted);
  });
});

describe("calls under way", () => {
  const reserving = (userId: string): Reserving => ({
    id: runtime.newId(),
    userId,
    cycle: null,
    attempt: 1,
    frameVersion: 1,
    promptHash: "a".repeat(64),
    prompt: {},
    facts: [],
    provider: "ollama",
    model: "some-model",
    place: userId,
    reserve: decimal("0.01"),
    botBudget: null,
    withinMs: 10_000,
    isShared: false,
  });

  it("of a dead asker keep nobody waiting for longer than they may take", async () => {
    const one = withModels(ports, { ...bed.settings, atOnce: 1 });
    const [first, second] = [reserving(await newUser(ports)), reserving(await newUser(ports))];
    expect(await reserveCall(at(5 * MINUTE_MS, one), first)).toEqual({ outcome: "reserved" });
    expect(await reserveCall(at(5 * MINUTE_MS + 14_999, one), second)).toMatchObject({ why: "at-once" });
    expect(await reserveCall(at(5 * MINUTE_MS + 15_001, one), second)).toEqual({ outcome: "reserved" });
    // The same of one model at one place.
    const each = withModels(ports, { ...bed.settings, atOnceEach: 1 });
    const again = reserving(first.userId);
    expect(await reserveCall(at(5 * MINUTE_MS + 15_001, each), again)).toEqual({ outcome: "reserved" });
  });

  it("at one user's own address do not count for the same model elsewhere", async () => {
    const each = at(9 * MINUTE_MS, withModels(ports, { ...bed.settings, atOnceEach: 1 }));
    const [mine, yours] = [await newUser(ports), await newUser(ports)];
    expect(await reserveCall(each, reserving(mine))).toEqual({ outcome: "reserved" });
    expect(await reserveCall(each, reserving(yours))).toEqual({ outcome: "reserved" });
    expect(await reserveCall(each, reserving(mine))).toMatchObject({ outcome: "busy", why: "at-once" });
  });
});

describe("the day that pays a call", () => {
  it("is a UTC day in whatever zone the database's session is", async () => {
    const userId = await newUser(ports);
    const client = new pg.Client({ connectionString: ownerUrl });
    await client.connect();
    try {
      const id = runtime.newId();
      const question = {
        id,
        user_id: userId,
        attempt: 1,
        provider: "scripted",
        model: "zoned",
        place: "",
        frame_version: 1,
        prompt_hash: "b".repeat(64),
        prompt: {},
        facts: [],
        reserve: "0.5",
        // In Auckland it is the next day already.
        asked_at: "2026-11-28T12:30:00Z",
        ends_by: "2026-11-28T12:31:00Z",
      };
      const limits = { user: "5", system: "1000", atOnce: 1000, atOnceEach: 9, perMinute: 9, ...BREAKER };
      const answered = "2026-11-28T12:30:01Z";
      const ended = { id, state: "replied", raw: "{}", served_model: "m", cost: "0.4", answered_at: answered };
      await client.query("SET timezone TO 'Pacific/Auckland'");
      await client.query("SELECT reserve_model_call($1::jsonb, $2::jsonb)", [question, limits]);
      await client.query("SELECT end_model_call($1::jsonb, 'well', $2::jsonb)", [ended, BREAKER]);
      const { rows } = await client.query<{ day: string; spent: number }>(
        "SELECT day::text, spent::float8 FROM model_spend WHERE scope = 'user' AND scope_id = $1",
        [userId],
      );
      expect(rows).toEqual([{ day: "2026-11-28", spent: 0.4 }]);
    } finally {
      await client.end();
    }
  });
});
