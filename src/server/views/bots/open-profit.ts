import { sumOf, type Decimal } from "~/trading/money";
import { unrealizedPnl } from "~/trading/portfolio/position";
import type { BotFacts } from "./load-bot-facts";

type OpenProfit = {
  /** At the stored marks, of what is still held. */
  readonly unrealized: Decimal;
  /** What parts have made that left positions which are still open. */
  readonly realized: Decimal;
};

/** What a bot's open positions have made before fees and funding. */
export const openProfitOf = ({ open }: Pick<BotFacts, "open">): OpenProfit => ({
  unrealized: sumOf(open.map((position) => unrealizedPnl(position))),
  realized: sumOf(open.map(({ realized }) => realized)),
});
