import { toMoney, type Decimal } from "../money";

/** Fee of a fill in quote currency, 8 decimals; `rate` is the venue's, a fraction of the order value (TRADING 6). */
export const feeOf = (price: Decimal, quantity: Decimal, rate: Decimal): Decimal =>
  toMoney(price.times(quantity).times(rate));
