import { decimal, priceToMoney, type Decimal } from "../money";
import type { Candle } from "./candle";

/** Quote value traded in a candle: volume x close. Null where the volume is unknown. */
export const candleValueOf = (candle: Candle): Decimal | null =>
  candle.volume === null ? null : priceToMoney(candle.close).times(decimal(String(candle.volume)));
