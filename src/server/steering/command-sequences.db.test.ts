import fc from "fast-check";
import { expect, it } from "vitest";
import { howMany } from "../../../scripts/testing/how-many";
import { openBed } from "../../../scripts/testing/open-bed";
import { checkBotInvariants } from "../books/check-bot-invariants";
import type { Runtime } from "../runtime";
import { bringToEnd, live, panic } from "./contract/live-told";
import { createToldBots, type ToldBots } from "./contract/told-bots";
import { anyScript, EVENTFUL, SEQUENCES_PER_WORLD, type Step } from "./contract/command-sequences";

let runtime: Runtime;
openBed(
  (bed) => {
    runtime = bed.runtime;
  },
  { poolMax: 10 },
);

/** `npm run prove:commands` sets how many sequences; those of one world are lived together. */
const SEQUENCES = howMany("COMMAND_SEQUENCES", 20);
const WORLDS = Math.ceil(SEQUENCES / SEQUENCES_PER_WORLD);

type Entered = { readonly status: string; readonly positions: number };
type Seen = Map<string, Entered>;

const readBots = async ({ botIds }: ToldBots) =>
  runtime.db.bot.findMany({
    where: { id: { in: [...botIds] } },
    select: { id: true, status: true, _count: { select: { positions: true } } },
  });

/** Since it was stopped or paused a bot has opened nothing. */
const expectNoEntries = async (bots: ToldBots, seen: Seen, step: Step): Promise<void> => {
  for (const { id, status, _count } of await readBots(bots)) {
    const before = seen.get(id);
    const { positions } = _count;
    if (status !== "running" && before?.status === status) {
      expect(positions, `a bot that is ${status} entered by ${JSON.stringify(step)}`).toBe(before.positions);
    }
    seen.set(id, { status, positions });
  }
};

const expectProtected = async ({ botIds }: ToldBots): Promise<void> => {
  const where = { botId: { in: [...botIds] }, closedAt: null, stopLoss: null };
  expect(await runtime.db.position.count({ where })).toBe(0);
};

/** Every command has ended, and what was ordered closed was closed once. */
const expectEnded = async ({ botIds }: ToldBots): Promise<string[]> => {
  const commands = await runtime.db.command.findMany({ where: { botId: { in: [...botIds] } } });
  expect(commands.filter(({ state }) => state !== "done" && state !== "refused")).toEqual([]);
  const closing = commands.filter(({ kind, state }) => kind.startsWith("close") && state === "done");
  const ordered = closing.flatMap(({ positionIds }) => positionIds);
  expect(new Set(ordered).size, "one command a position").toBe(ordered.length);
  const trades = await runtime.db.trade.findMany({ where: { botId: { in: [...botIds] } } });
  const closed = new Set(trades.map(({ positionId }) => positionId));
  expect(ordered.filter((id) => !closed.has(id))).toEqual([]);
  const byHand = trades.filter(({ exitReason }) => exitReason === "by-hand");
  expect(byHand.filter(({ positionId }) => !ordered.includes(positionId))).toEqual([]);
  const flows = await runtime.db.allotmentFlow.findMany({ where: { botId: { in: [...botIds] } } });
  return [
    ...commands.map(({ kind, state }) => `${kind} ${state}`),
    ...byHand.map(() => "by-hand"),
    ...flows.map(({ amount }) => (amount.isNegative() ? "taken" : "given")),
  ];
};

const expectSound = async ({ fixture, botIds, now }: ToldBots): Promise<void> => {
  for (const botId of botIds) {
    expect(await checkBotInvariants(fixture.ports, { botId, settingsVersion: 1, at: now })).toEqual([]);
  }
};

const expectAllStopped = async (bots: ToldBots): Promise<void> => {
  const statuses = (await readBots(bots)).map(({ status }) => status);
  expect(statuses.filter((status) => status !== "stopped" && status !== "archived")).toEqual([]);
  const where = { botId: { in: [...bots.botIds] }, closedAt: null };
  expect(await runtime.db.position.count({ where }), "nothing is left open").toBe(0);
};

it("whatever a trader says and moves while cycles run, die and are looked at: each command ends, once, and the books are sound", async () => {
  const happened = new Set<string>();
  await fc.assert(
    fc.asyncProperty(anyScript, async (script) => {
      const bots = await createToldBots(runtime);
      const seen: Seen = new Map();
      await live(bots, script, async (step) => {
        await expectNoEntries(bots, seen, step);
        await expectProtected(bots);
      });
      if (script.isPanic) await panic(bots);
      await bringToEnd(bots);
      for (const each of await expectEnded(bots)) happened.add(each);
      await expectSound(bots);
      if (script.isPanic) await expectAllStopped(bots);
    }),
    { numRuns: WORLDS, examples: [[EVENTFUL]], endOnFailure: true },
  );
  expect([...happened], "a sequence that nothing comes of would prove nothing").toEqual(
    expect.arrayContaining([
      "pause done",
      "stop done",
      "resume refused",
      "applyExits done",
      "by-hand",
      "given",
      "taken",
    ]),
  );
});
