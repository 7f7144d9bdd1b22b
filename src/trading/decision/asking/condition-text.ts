import type { EntryAnswer } from "./answer";

/** What proves an idea wrong, in words. */
export const conditionText = (condition: EntryAnswer["invalidation"][number]): string =>
  condition.on === "close"
    ? `${condition.candles} closes in a row ${condition.operator === "<" ? "below" : "above"} ${condition.price}`
    : `${condition.unlessPrice} is not reached within ${condition.minutes} minutes`;
