import { fillMarketOrder, entrySideOf } from "../execution/fill-market-order";
import { liquidityOf } from "../execution/liquidity";
import { decimal, Decimal, maxOf, sumOf, toLotDown, toMoney, toMoneyDown, ZERO } from "../money";
import { cutIntoLegs, NO_DCA, priceLegs, type DcaSettings } from "../portfolio/entry-legs";
import { marginWithLegs, reservedBy } from "../portfolio/reserved";
import { marginOf } from "../portfolio/position";
import { additionMargin, findAddition } from "./basis/addition";
import type { EntryRequest, MarketView, PortfolioView, SizedEntry, SizingRuleName } from "./basis/risk-context";
import type { UserSums } from "./basis/user-view";
import type { RiskLimits } from "./risk-limits";
import type { WantedSize } from "./sizing/want-size";

type SizingInput = {
  readonly entry: EntryRequest;
  readonly market: MarketView;
  readonly portfolio: PortfolioView;
  readonly limits: RiskLimits;
  readonly wanted: Extract<WantedSize, { isKnown: true }>;
  /** Default: one order. */
  readonly dca?: DcaSettings;
  /** Default: the user limits no bots together. */
  readonly user?: UserSums | null;
};

type Cap = { readonly limit: SizingRuleName | null; readonly notional: Decimal };

/** Margin and fee are each rounded when posted, by at most one last digit of money together. */
const ROUNDING = decimal("0.00000001");

/** What the user still allows all bots together. */
const userCaps = ({ limits, gross, sameSide }: UserSums): Cap[] =>
  [
    { limit: "user-gross" as const, most: limits.grossNotionalMax, held: gross },
    { limit: "user-same-side" as const, most: limits.sameSideNotionalMax, held: sameSide },
  ].flatMap(({ limit, most, held }) => (most === null ? [] : [{ limit, notional: toMoneyDown(most.minus(held)) }]));

/** The order value in quote currency that each limit still allows, such that the rounded amounts keep the limit too. */
const caps = ({ entry, market, portfolio, limits, wanted, user }: SizingInput): Cap[] => {
  const { equity, margin, cash, grossNotional } = portfolio;
  const { leverage } = entry;
  const addition = findAddition({ entry, market, portfolio }, limits);
  const bound = addition.outcome === "allowed" ? marginWithLegs(addition.position) : ZERO;
  const positionMargin = maxOf(equity.times(limits.positionMarginMax).minus(bound), ZERO);
  const totalMargin = equity.times(limits.totalMarginMax).minus(margin);
  return [
    { limit: null, notional: wanted.notional },
    { limit: "position-margin", notional: toMoneyDown(positionMargin).times(leverage) },
    { limit: "total-margin", notional: toMoneyDown(totalMargin).times(leverage) },
    { limit: "gross-notional", notional: toMoneyDown(equity.times(limits.grossNotionalMax).minus(grossNotional)) },
    ...(user ? userCaps(user) : []),
    // Fees are charged on top of the margin, so cash that only covers the margin would be refused.
    { limit: "cash", notional: cash.minus(ROUNDING).div(decimal(1).div(leverage).plus(market.rules.takerFeeRate)) },
    ...(addition.outcome === "allowed"
      ? [
          {
            limit: "pair-is-free" as const,
            notional: toMoneyDown(maxOf(additionMargin(addition.position, equity, limits), ZERO)).times(leverage),
          },
        ]
      : []),
  ];
};

const NO_ORDER = {
  quantity: ZERO,
  firstQuantity: ZERO,
  legs: [],
  slippage: ZERO,
  notional: ZERO,
  margin: ZERO,
  fee: ZERO,
};

/**
 * The most that a unit of a whole plan costs where its first order costs `price`: a short's legs are dearer, each by its
 * distance and at most a tick for its rounding.
 */
const dearest = (
  { entry, dca = NO_DCA, market }: Pick<SizingInput, "entry" | "dca" | "market">,
  price: Decimal,
): Decimal => {
  if (entry.side === "long") return price;
  const more = dca.legs.map(({ againstFraction, share }) =>
    price.times(againstFraction).plus(market.rules.tick).times(share),
  );
  return price.plus(sumOf(more));
};

/** The same for the rounding of the amounts of each leg, in the value of the order. */
const roundingOf = ({ dca = NO_DCA, entry }: Pick<SizingInput, "dca" | "entry">): Decimal =>
  ROUNDING.times(dca.legs.length).times(entry.leverage);

/**
 * Sizes an entry on the equity it will be executed on: the value that the bot's way of sizing wants, cut to the
 * tightest limit and down to the lot. Price, fee and slippage are those of the paper fill, so the gate
 * judges the order that is executed. Quantity 0 where there is no price or no room.
 */
export const sizeEntry = (input: SizingInput): SizedEntry => {
  const { entry, market } = input;
  const { steps } = input.wanted;
  const takerFeeRate = decimal(market.rules.takerFeeRate);
  const nothing = { ...NO_ORDER, takerFeeRate, steps };
  if (market.referencePrice === null) {
    return { ...nothing, price: decimal(entry.decision.entryPrice ?? 0), resizedBy: null };
  }
  const tightest = caps(input).reduce((least, cap) => (cap.notional.lt(least.notional) ? cap : least));
  const tick = decimal(market.rules.tick);
  const order = {
    side: entrySideOf(entry.side),
    referencePrice: market.referencePrice,
    tick,
    takerFeeRate,
    ...liquidityOf(market),
  };
  // A smaller order moves the price less, so the price for the whole value bounds the price of the actual order.
  const room = maxOf(tightest.notional.minus(roundingOf(input)), ZERO);
  const bound = fillMarketOrder({ ...order, quantity: room.div(market.referencePrice) });
  const worst = dearest(input, Decimal.max(bound.price, market.referencePrice));
  const quantity = toLotDown(room.div(worst), market.rules.lot);
  if (quantity.isZero()) return { ...nothing, price: bound.price, resizedBy: tightest.limit };
  const { first, parts } = cutIntoLegs(quantity, input.dca ?? NO_DCA, market.rules.lot);
  const fill = fillMarketOrder({ ...order, quantity: first });
  const legs = priceLegs(parts, { side: entry.side, entryPrice: fill.price, tick, takerFeeRate });
  const later = reservedBy(legs, entry.leverage);
  return {
    quantity,
    firstQuantity: first,
    legs,
    price: fill.price,
    slippage: fill.slippage,
    notional: toMoney(fill.price.times(first)).plus(later.notional),
    margin: marginOf(fill.price, first, entry.leverage).plus(later.margin),
    fee: fill.fee.plus(later.fees),
    takerFeeRate,
    resizedBy: tightest.limit,
    steps,
  };
};
