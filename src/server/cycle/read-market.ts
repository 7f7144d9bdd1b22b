import { LAST_CANDLE_LOOKBACK } from "~/trading/cycle/view-market";
import { decisionTimeframes } from "~/trading/decision/decide";
import { readLastCandles } from "../market/read-closed-candles";
import { recordSnapshots } from "../market/record-snapshots";
import type { Ports } from "../ports";
import { endOutage } from "../venues/end-outage";
import { noteAnswers } from "../venues/note-answers";
import type { CycleRef } from "./cycle-ref";
import { runStage } from "./run-stage";
import { startStage } from "./start-stage";

export type MarketRead = {
  readonly pairs: number;
  /** Pairs that have no price at this slot. */
  readonly withoutPrice: string[];
};

/**
 * Stage 1: sees to it that every candle and quote that this cycle decides by is stored. A venue that answers here has
 * no outage any more.
 */
export const readMarket = async (
  ports: Pick<Ports, "db" | "marketDataOf" | "newId" | "candles" | "contexts" | "wallNow">,
  cycle: CycleRef,
): Promise<MarketRead> => {
  const stage = startStage(cycle, "read-market");
  const context = await ports.contexts(cycle.botId, cycle.settingsVersion);
  const { settings, finestTimeframe, venue } = context;
  const series = [...decisionTimeframes(settings), { timeframe: finestTimeframe, count: LAST_CANDLE_LOOKBACK }];
  const reads = context.markets.flatMap((market) =>
    series.map(({ timeframe, count }) =>
      readLastCandles(ports, { ...market, venue }, { timeframe, count, closedBy: cycle.slot }),
    ),
  );
  const noted = noteAnswers(ports);
  const [withoutPrice] = await Promise.all([recordSnapshots(noted.ports, context, cycle.slot), ...reads]);
  if (noted.hasAnswered()) await endOutage(ports, venue.id);
  return runStage(ports.db, stage, () => Promise.resolve({ pairs: context.markets.length, withoutPrice }));
};
