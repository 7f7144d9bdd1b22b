import { randomBytes } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import { openModelBed, withModels, type ModelBed } from "../../../scripts/testing/open-model-bed";
import { createMessagesModel } from "../adapters/model/create-messages-model";
import { addModelKey } from "../models/add-model-key";
import { removeModelKey } from "../models/remove-model-key";
import { rotateModelKeys } from "../models/rotate-model-keys";
import { setModelBudget } from "../models/set-model-budget";
import type { Ports } from "../ports";
import type { Runtime } from "../runtime";
import { createBooksFixture, FIRST_SLOT, type BooksFixture } from "../testing/books-fixture";
import { claimSlot } from "../testing/cycle-fixture";
import { editSettings } from "../testing/edit-fixture";
import { ASKING, askInCycle, endAfterAnswer } from "../testing/model-fixture";
import { tellBot } from "../testing/tell-bot";

const KEY = "sk-test-0123456789abcdef";
const NEWEST = { id: "newest", secret: randomBytes(32) };
const OWN = "ollama/any-model";
const PAIRS = ["BTC/USDT", "ETH/USDT"];

let runtime: Runtime;
let bed: ModelBed;
let scripted: ModelBed;
let fixture: BooksFixture;
openBed((opened) => ({ runtime } = opened));
openModelBed((opened) => (bed = opened), { vendor: "any" });
openModelBed((opened) => (scripted = opened));

/** The product where something happens while a model is being asked for the first time. */
const whileAsked = (ports: Ports, happens: (message: string) => Promise<unknown>): Ports => {
  let isFirst = true;
  return {
    ...ports,
    modelOf: (asked) => {
      const model = createMessagesModel(asked);
      return {
        ask: async (request, withinMs) => {
          if (isFirst) await happens(request.blocks.join("\n"));
          isFirst = false;
          return model.ask(request, withinMs);
        },
      };
    },
  };
};

/** Lets the scripted model want to enter by what it is told. */
const scriptEntry = (message: string): void => {
  const shown = (name: string): number =>
    Number(new RegExp(`^BTC/USDT\\.1h\\.${name} \\|[^|]*\\| (\\S+)`, "m").exec(message)?.[1]);
  const close = shown("close");
  const decision = {
    pair: "BTC/USDT",
    action: "open_long",
    confidence: 0.9,
    thesis: "It rises.",
    evidence: ["close", "rsi14", "ema20"].map((name) => ({ path: `BTC/USDT.1h.${name}`, value: shown(name) })),
    stop_loss: close * 0.98,
    take_profit: close * 1.1,
    invalidation: [{ on: "close", operator: "<", price: close * 0.985, candles: 2 }],
  };
  scripted.simulator.script({ kind: "reply", input: { decisions: [decision] } });
};

const open = async (model: string): Promise<Ports> => {
  const decision = { ...ASKING.decision, model };
  fixture = await createBooksFixture(runtime, { pairs: PAIRS, settings: { ...ASKING, decision } });
  return withModels(fixture.ports, model === OWN ? bed.settings : scripted.settings);
};

/** The bot's cycle to its end; its calls. */
const live = async (ports: Ports) => {
  const cycle = await claimSlot(fixture, FIRST_SLOT, { holder: "run" });
  const asked = await askInCycle(ports, cycle);
  await endAfterAnswer(ports, cycle);
  const { status, settingsVersion } = await runtime.db.cycle.findUniqueOrThrow({ where: { id: cycle.cycleId } });
  expect([status, settingsVersion]).toEqual(["done", 1]);
  const calls = await runtime.db.modelCall.findMany({ where: { botId: fixture.botId }, orderBy: { attempt: "asc" } });
  return { asked, calls };
};

describe("a question that is under way is answered, and its answer followed, though meanwhile", () => {
  let ports: Ports;
  beforeEach(async () => {
    ports = await open(OWN);
    const { userId } = fixture;
    await addModelKey(ports, { userId, provider: "ollama", key: KEY, baseUrl: bed.simulator.baseUrl });
  });

  it.each<[what: string, happens: () => Promise<unknown>]>([
    ["its key is removed", () => removeModelKey(ports, { userId: fixture.userId, provider: "ollama" })],
    [
      "its key is replaced",
      () =>
        addModelKey(ports, {
          userId: fixture.userId,
          provider: "ollama",
          key: "sk-newer-0123456789abcdef",
          baseUrl: "https://127.0.0.1:1",
        }),
    ],
    [
      "keys are sealed anew",
      () => rotateModelKeys(withModels(ports, { ...bed.settings, keySecrets: [NEWEST, ...bed.settings.keySecrets] })),
    ],
    [
      "its bot is edited, and asks another model from the next cycle on",
      () => editSettings(fixture, { pairs: PAIRS, ...ASKING, decision: { ...ASKING.decision, citationsMin: 3 } }),
    ],
  ])("%s", async (_what, happens) => {
    const { asked, calls } = await live(whileAsked(ports, happens));
    expect(asked).toMatchObject({ outcome: "answered" });
    expect(calls).toMatchObject([{ state: "replied", provider: "ollama", model: "any-model" }]);
    expect(bed.simulator.requests().at(-1)?.headers.authorization).toBe(`Bearer ${KEY}`);
  });
});

it("a budget that is set to nothing while a question is under way pays that one, and no repair of it", async () => {
  const ports = await open("scripted/scripted-trader-1");
  const { userId } = fixture;
  scripted.simulator.script({ kind: "prose" });
  const before = scripted.simulator.requests().length;
  const happens = () => setModelBudget(ports, { userId, budgetPerDay: "0" });
  const { asked, calls } = await live(whileAsked(ports, happens));
  expect(asked).toMatchObject({ code: "no-answer", text: expect.stringMatching(/asked once more: the budget of all/) });
  expect(scripted.simulator.requests().length - before).toBe(1);
  expect(calls).toHaveLength(1);
  const [spend] = await runtime.db.modelSpend.findMany({ where: { scope: "user", scopeId: userId } });
  expect([spend?.spent.toFixed(), spend?.calls]).toEqual([calls[0]?.cost?.toFixed(), 1]);
});

describe("a bot whose trader stops it while its model is asked enters nothing by the answer", () => {
  it.each<[what: string, tell: () => Promise<unknown>]>([
    [
      "since it may only close from then on",
      () => runtime.db.$executeRaw`UPDATE bots SET trading_state = 'reducing' WHERE id = ${fixture.botId}::uuid`,
    ],
    ...(["pause", "stop", "close-all"] as const).map((kind): [string, () => Promise<unknown>] => [
      `though ${kind} is carried out only when its cycle has ended`,
      () => tellBot(fixture, { kind }),
    ]),
  ])("%s", async (_what, tell) => {
    const ports = await open("scripted/scripted-trader-1");
    const { asked } = await live(
      whileAsked(ports, (message) => {
        scriptEntry(message);
        return tell();
      }),
    );
    expect(asked).toMatchObject({ outcome: "answered" });
    const decisions = await runtime.db.decision.findMany({
      where: { cycle: { botId: fixture.botId }, action: "open" },
      include: { verdict: true },
    });
    expect(decisions.length).toBeGreaterThan(0);
    expect(decisions.map(({ verdict }) => verdict?.rule)).toEqual(decisions.map(() => "trading-state"));
    expect(await runtime.db.orderIntent.count({ where: { botId: fixture.botId } })).toBe(0);
  });

  it("but what its answer would have entered otherwise", async () => {
    const ports = await open("scripted/scripted-trader-1");
    await live(whileAsked(ports, async (message) => scriptEntry(message)));
    expect(await runtime.db.orderIntent.count({ where: { botId: fixture.botId } })).toBeGreaterThan(0);
  });
});
