import { decimal, toMoney, type Decimal } from "../money";

/** OKX swap base tier, fractions of the order value; the same numbers in risk, paper and backtest (TRADING 6). */
export const FEE_RATES = { maker: decimal("0.0002"), taker: decimal("0.0005") } as const;

/** Fee of a fill in quote currency, 8 decimals. */
export const feeOf = (price: Decimal, quantity: Decimal, rate: Decimal = FEE_RATES.taker): Decimal =>
  toMoney(price.times(quantity).times(rate));
