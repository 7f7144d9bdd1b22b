import type { Decision } from "~/trading/decision/basis/decision";
import { decimal } from "~/trading/money";
import { applyRisk } from "../cycle/apply-risk";
import { beginCycle, type BegunCycle } from "../cycle/begin-cycle";
import type { CycleRef } from "../cycle/cycle-ref";
import { executeOrders } from "../cycle/execute-orders";
import { makeDecisions } from "../cycle/make-decisions";
import { planCycles } from "./plan-cycles";
import { readMarket } from "../cycle/read-market";
import { readPortfolio } from "../cycle/read-portfolio";
import { recordEquity } from "../cycle/record-equity";
import { saveDecisions } from "../cycle/save-decisions";
import { startStage, type StageName } from "../cycle/start-stage";
import { HOUR_MS, type BooksFixture } from "./books-fixture";

export type Stage = { readonly name: StageName; readonly run: (cycle: CycleRef) => Promise<object> };

/** What a test lets the bot want at a slot; null leaves it to the bot's mode. */
export type Wish = ((slot: number) => readonly Decision[]) | null;

const decideTo = async (fixture: BooksFixture, decisions: readonly Decision[], cycle: CycleRef): Promise<object> => {
  const context = await fixture.ports.contexts(cycle.botId, cycle.settingsVersion);
  const decided = decisions.flatMap((decision) => {
    const market = context.markets.find(({ rules }) => rules.pair === decision.pair);
    return market ? [{ marketId: market.id, decision, analysisId: null, ownEvidence: null }] : [];
  });
  const result = { open: decisions.length, close: 0, hold: 0 };
  return saveDecisions(fixture.ports, startStage(cycle, "make-decisions"), { decided, result });
};

/** The stages of a cycle in their order, each callable by itself. */
export const stagesOf = (fixture: BooksFixture, wish: Wish): readonly [Stage, ...Stage[]] => {
  const { ports } = fixture;
  return [
    { name: "read-market", run: (cycle) => readMarket(ports, cycle) },
    { name: "read-portfolio", run: (cycle) => readPortfolio(ports, cycle) },
    {
      name: "make-decisions",
      run: (cycle) => (wish ? decideTo(fixture, wish(cycle.slot), cycle) : makeDecisions(ports, cycle)),
    },
    { name: "apply-risk", run: (cycle) => applyRisk(ports, cycle) },
    { name: "execute-orders", run: (cycle) => executeOrders(ports, cycle) },
    { name: "record-equity", run: (cycle) => recordEquity(ports, cycle) },
  ];
};

/** A wish to enter a pair at its price with a stop 1 % and a target 3 % away: soon closed by one of them. */
export const wishToEnter =
  (fixture: BooksFixture, pair = "BTC/USDT", side: "long" | "short" = "long"): NonNullable<Wish> =>
  (slot) => {
    const open = fixture.market.candles.get(pair)?.find((candle) => candle.openTime === slot)?.open;
    if (open === undefined) throw new Error(`the fixture has no candle at ${new Date(slot).toISOString()}`);
    const away = (fraction: number) =>
      decimal(open)
        .times(1 + (side === "long" ? fraction : -fraction))
        .toFixed(2);
    return [
      {
        pair,
        action: "open",
        side,
        decidedCandle: slot - HOUR_MS,
        score: 0.9,
        sizeFraction: 0.06,
        leverage: 1,
        entryPrice: String(open),
        stopLoss: away(-0.01),
        takeProfit: away(0.03),
        invalidation: ["close crosses below SMA200"],
        evidence: [],
        reason: { code: "entry", text: "a test wants it" },
      },
    ];
  };

/** Plans what is due at the slot and returns the id of the bot's cycle there. */
export const planSlot = async (fixture: BooksFixture, slot: number, botId = fixture.botId): Promise<string> => {
  fixture.setTime(slot);
  await planCycles(fixture.ports);
  const where = { botId_slot: { botId, slot: new Date(slot) } };
  return (await fixture.ports.db.cycle.findUniqueOrThrow({ where })).id;
};

export type Begin = { readonly holder: string; readonly botId?: string };

/** Plans and begins a slot for a holder. */
export const beginSlot = async (fixture: BooksFixture, slot: number, begin: Begin): Promise<BegunCycle> => {
  const botId = begin.botId ?? fixture.botId;
  const cycleId = await planSlot(fixture, slot, botId);
  return beginCycle(fixture.ports, { botId, cycleId, holder: begin.holder });
};

/** Like `beginSlot`, where only a begun cycle will do. */
export const claimSlot = async (fixture: BooksFixture, slot: number, begin: Begin): Promise<CycleRef> => {
  const begun = await beginSlot(fixture, slot, begin);
  if (begun.outcome !== "begun") throw new Error(`the slot was not begun: ${JSON.stringify(begun)}`);
  return begun.cycle;
};

/** Lets the bot's lease run out now, as it does when its holder died half a minute ago. */
export const expireLease = async (fixture: BooksFixture, botId = fixture.botId): Promise<void> => {
  await fixture.ports.db.$executeRaw`
    UPDATE bot_leases SET expires_at = clock_timestamp() - interval '1 ms' WHERE bot_id = ${botId}::uuid`;
};
