import { LAST_CANDLE_LOOKBACK } from "~/trading/cycle/view-market";
import { decisionTimeframes } from "~/trading/decision/decide";
import { readLastCandles } from "../market/read-closed-candles";
import { recordSnapshots } from "../market/record-snapshots";
import type { Ports } from "../ports";
import { endOutage } from "../venues/end-outage";
import { noteAnswers } from "../venues/note-answers";
import { loadAccepted } from "./accepted-proposal";
import { loadAskedMarkets, withMarket } from "./asked-markets";
import type { CycleRef } from "./cycle-ref";
import { newDesk } from "./desk";
import { leaveStage } from "./save-stage";
import { startAtDesk } from "./start-at-desk";

export type MarketRead = {
  readonly pairs: number;
  /** Pairs that have no price at this slot. */
  readonly withoutPrice: string[];
};

/**
 * Stage 1: stores every candle and quote that this cycle needs for its decisions. An answer of the venue here ends its
 * outage.
 */
export const readMarket = async (
  ports: Pick<Ports, "db" | "marketDataOf" | "newId" | "candles" | "contexts" | "wallNow">,
  cycle: CycleRef,
  desk = newDesk(),
): Promise<MarketRead> => {
  const at = await startAtDesk<MarketRead>(ports, { cycle, stage: "read-market", desk });
  const { context, reading } = at;
  if (at.returned) return at.returned;
  const { finestTimeframe, venue } = context;
  const asked = await loadAskedMarkets(ports, { cycle, context, books: reading.books });
  const marked = { timeframe: finestTimeframe, count: LAST_CANDLE_LOOKBACK };
  const reads = asked.flatMap(({ market, settings }) =>
    [...decisionTimeframes(settings), marked].map(({ timeframe, count }) =>
      readLastCandles(ports, { ...market, venue }, { timeframe, count, closedBy: cycle.slot }),
    ),
  );
  const accepted = await loadAccepted(ports, cycle);
  const markets = withMarket(context, asked, accepted?.marketId);
  const noted = noteAnswers(ports);
  const [withoutPrice] = await Promise.all([
    recordSnapshots(noted.ports, context, { slot: cycle.slot, markets }),
    ...reads,
  ]);
  if (noted.hasAnswered()) await endOutage(ports, venue.id);
  return leaveStage(ports.db, at.run, { pairs: markets.length, withoutPrice });
};
