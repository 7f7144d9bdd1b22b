import type { NewExits } from "~/contracts/new-exits";
import type { SettingChange } from "~/trading/changed-lines";
import { toPlain, type Decimal } from "~/trading/money";
import { describePlan } from "~/trading/portfolio/describe-plan";
import { planParts } from "~/trading/portfolio/exit-plan";
import type { OrderedExits } from "~/trading/portfolio/ordered-exits";
import { isStopLooser } from "~/trading/steering/order-exits";
import { isRefused } from "~/trading/steering/refused";
import type { StoredPosition } from "../../books/positions";
import { inTransaction } from "../../db/in-transaction";
import type { Ports } from "../../ports";
import { planRenewals } from "../../steering/renew-exits";
import { readVenueTime } from "../../venues/venue-time";
import type { OwnedBot } from "../../tenant/find-own";
import { findOwnedBot } from "../owned-bot";
import { priceDigitsOf } from "../price-digits";

const changeOf = (label: string, before: string | null, after: string | null): SettingChange[] =>
  before === after ? [] : [{ section: label, label, before, after }];

const priceOf = (price: Decimal | null): string | null => price && toPlain(price);

/** What of a position differs then, with its prices. */
const changesOf = (position: StoredPosition, exits: OrderedExits, digits: number): SettingChange[] => {
  const { stopLoss, takeProfit, exitPlan } = position;
  const { breakEven, trail, timeExitAt, targets } = exits;
  const { lot } = { lot: "0.00000001" };
  const remainingLegs = planParts(targets, position, lot);
  const next = { ...exitPlan, breakEven, trail, timeExitAt, remainingLegs, stopBy: "stop-loss" as const };
  const sentences = (plan: typeof exitPlan): string | null => describePlan(plan, digits).join(". ") || null;
  return [
    ...changeOf("Stop", priceOf(stopLoss), exits.stopLoss ?? priceOf(stopLoss)),
    ...changeOf("Target", priceOf(takeProfit), exits.takeProfit ?? priceOf(takeProfit)),
    ...changeOf("Further exits", sentences(exitPlan), sentences(next)),
  ];
};

/** What the exits of a bot's present settings would change of what it holds. Throws AppError for another user's bot. */
export const listNewExits = async (ports: Pick<Ports, "db" | "wallNow">, owned: OwnedBot): Promise<NewExits> => {
  const { id: botId, venueId, settingsVersion: version } = await findOwnedBot(ports, owned);
  const now = await readVenueTime(ports, venueId);
  const renewals = await inTransaction(ports.db, (tx) => planRenewals(tx, { botId, now }, { isLooser: true }));
  const marketIds = renewals.map(({ position }) => position.marketId);
  const markets = await ports.db.market.findMany({
    where: { id: { in: marketIds } },
    select: { id: true, tick: true },
  });
  const positions = renewals.map(({ position, ordered }): NewExits["positions"][number] => {
    const { id, pair, side, marketId } = position;
    const market = markets.find((each) => each.id === marketId);
    if (isRefused(ordered)) return { id, pair, side, changes: [], isLooser: false, refused: ordered.refused };
    const changes = changesOf(position, ordered.exits, market ? priceDigitsOf(market.tick) : 2);
    return { id, pair, side, changes, isLooser: isStopLooser(position, ordered.exits), refused: null };
  });
  return { botId, version, positions };
};
