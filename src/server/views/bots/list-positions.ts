import type { z } from "zod";
import type { OpenPosition, openPositionsSchema } from "~/contracts/bot-detail";
import { sumOf, toPlain } from "~/trading/money";
import { quantityToCome } from "~/trading/portfolio/entry-legs";
import { notionalOf, unrealizedPnl } from "~/trading/portfolio/position";
import { computeWorstCase, sumWorstCases, type WorstCase } from "~/trading/performance/worst-case";
import { priceDigitsOf } from "../price-digits";
import type { Ports } from "../../ports";
import { selectOpenPositions } from "./bot-money-queries";
import type { OwnedBot } from "../../tenant/find-own";
import { findOwnedBot } from "../owned-bot";
import { toOpenPosition, type OpenPositionFacts } from "./to-open-position";

const toRow = (position: OpenPositionFacts, worst: WorstCase): OpenPosition => ({
  id: position.id,
  pair: position.pair,
  priceDigits: priceDigitsOf(position.tick),
  side: position.side,
  quantity: toPlain(position.quantity),
  entryPrice: toPlain(position.entryPrice),
  mark: toPlain(position.mark),
  markedAt: position.markedAt,
  isWithoutPrice: position.isWithoutPrice,
  leverage: toPlain(position.leverage),
  margin: toPlain(position.margin),
  notional: toPlain(notionalOf(position)),
  toCome: position.entryLegs.length === 0 ? null : toPlain(quantityToCome(position.entryLegs)),
  unrealized: toPlain(unrealizedPnl(position)),
  stopLoss: position.stopLoss && toPlain(position.stopLoss),
  takeProfit: position.takeProfit && toPlain(position.takeProfit),
  fees: toPlain(position.fees),
  lossAtStop: worst.lossAtStop && toPlain(worst.lossAtStop),
  lossAtGap: worst.lossAtGap && toPlain(worst.lossAtGap),
  openedAt: position.openedAt,
  openedByCycle: position.openedByCycle,
  isClosing: position.isClosing,
});

/** A user's bot's open positions, oldest first, and what they may still cost. Throws AppError for another user's bot. */
export const listPositions = async (
  ports: Pick<Ports, "db" | "wallNow">,
  owned: OwnedBot,
): Promise<z.infer<typeof openPositionsSchema>> => {
  await findOwnedBot(ports, owned);
  const rows = await selectOpenPositions(ports.db, { ...owned, wallNow: ports.wallNow() });
  const judged = rows
    .map(toOpenPosition)
    .map((position) => ({ position, worst: computeWorstCase(position, position) }));
  const totals = sumWorstCases(judged.map(({ worst }) => worst));
  return {
    positions: judged.map(({ position, worst }) => toRow(position, worst)),
    unrealized: toPlain(sumOf(judged.map(({ position }) => unrealizedPnl(position)))),
    lossIfEveryStopFills: toPlain(totals.lossIfEveryStopFills),
    lossWithGap: toPlain(totals.lossWithGap),
    withoutStop: judged.filter(({ position }) => position.stopLoss === null).length,
  };
};
