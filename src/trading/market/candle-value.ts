import { decimal, priceToMoney, type Decimal } from "../money";
import type { Candle } from "./candle";

/** (high - low) / open, a fraction: how wide a candle ranged. Null where it opens at nothing. */
export const candleRangeOf = ({ open, high, low }: Candle): number | null => (open > 0 ? (high - low) / open : null);

/** Quote value traded in a candle: volume x close. Null where the volume is unknown. */
export const candleValueOf = (candle: Candle): Decimal | null =>
  candle.volume === null ? null : priceToMoney(candle.close).times(decimal(String(candle.volume)));
