import { z } from "zod";
import { VENUE_CATALOGUE } from "~/trading/venue-catalogue";
import { matchingSchema } from "~/trading/execution/matching";
import type { Decimal } from "~/trading/money";
import { entryLegSchema, type EntryLeg } from "~/trading/portfolio/entry-legs";
import type { Position } from "~/trading/portfolio/position";
import { positionAmounts } from "../../books/positions";
import { fromColumn } from "../../db/amounts";
import type { OpenRow } from "./bot-money-queries";

/** An open position as its pages show it. Times of `markedAt` and `openedAt` are venue time. */
export type OpenPositionFacts = Omit<Position, "settledThrough" | "openedAt" | "markedAt"> & {
  readonly tick: Decimal;
  /** What closing it costs, a fraction of its value. */
  readonly takerFeeRate: Decimal;
  readonly fees: Decimal;
  readonly realized: Decimal;
  readonly funding: Decimal;
  readonly openedAt: Date;
  readonly markedAt: Date;
  readonly openedByCycle: string | null;
  readonly entryLegs: readonly EntryLeg[];
  readonly isWithoutPrice: boolean;
  readonly isClosing: boolean;
};

export const toOpenPosition = (row: OpenRow): OpenPositionFacts => ({
  id: row.id,
  pair: row.pair,
  side: row.side,
  ...positionAmounts(row),
  markedAt: row.markedAt,
  openedAt: row.openedAt,
  tick: fromColumn(row.tick),
  takerFeeRate: VENUE_CATALOGUE[row.venueKind].fees.taker,
  fees: fromColumn(row.fees),
  realized: fromColumn(row.realized),
  funding: fromColumn(row.funding),
  matching: matchingSchema.parse(row.matching ?? undefined),
  openedByCycle: row.openedByCycle,
  // A plan that this version cannot read hides nothing else of its position.
  entryLegs: z.array(entryLegSchema).safeParse(row.entryLegs).data ?? [],
  isWithoutPrice: row.isWithoutPrice,
  isClosing: row.isClosing,
});
