import { z } from "zod";
import type { StageView } from "~/contracts/cycle-view";
import { formatMoney } from "~/trading/format-number";

const count = z.number().int();
const some = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? "" : "s"}`;

const readMarket = z
  .object({ pairs: count, withoutPrice: z.array(z.string()) })
  .transform(({ pairs, withoutPrice }) =>
    withoutPrice.length === 0
      ? `${some(pairs, "pair")} read`
      : `${some(pairs, "pair")} read, without a price: ${withoutPrice.join(", ")}`,
  );

const readPortfolio = z
  .object({ closed: count })
  .transform(({ closed }) =>
    closed === 0
      ? "no stop, target or liquidation was touched"
      : `${some(closed, "position")} closed by stop, target or liquidation`,
  );

const askModel = z
  .discriminatedUnion("outcome", [
    z.object({ outcome: z.literal("not-asked") }),
    z.object({ outcome: z.literal("answered") }),
    z.object({ outcome: z.literal("held"), text: z.string() }),
  ])
  .transform((asked) => {
    if (asked.outcome === "held") return `held: ${asked.text}`;
    return asked.outcome === "answered" ? "it answered" : "there was nothing to ask";
  });

const makeDecisions = z
  .object({ open: count, close: count, hold: count })
  .transform(({ open, close, hold }) => `${open} to open, ${close} to close, ${hold} to hold`);

const applyRisk = z
  .object({ passed: count, rejected: count })
  .transform(({ passed, rejected }) => `${passed} passed, ${rejected} refused`);

const executeOrders = z
  // Results stored by earlier versions have no `working`: every order then ended within its cycle.
  .object({ filled: count, working: count.default(0), rejected: count, unknown: count })
  .transform(({ filled, working, rejected, unknown }) =>
    [
      `${filled} filled`,
      working > 0 && `${working} under way`,
      rejected > 0 && `${rejected} rejected`,
      unknown > 0 && `${unknown} not confirmed`,
    ]
      .filter(Boolean)
      .join(", "),
  );

const recordEquity = z
  .object({ equity: z.string(), openPositions: count })
  .transform(({ equity, openPositions }) => `equity ${formatMoney(equity)}, ${some(openPositions, "open position")}`);

const SUMMARIES: Readonly<Record<StageView["stage"], z.ZodType<string>>> = {
  "read-market": readMarket,
  "read-portfolio": readPortfolio,
  "ask-model": askModel,
  "make-decisions": makeDecisions,
  "apply-risk": applyRisk,
  "execute-orders": executeOrders,
  "record-equity": recordEquity,
};

/** What a stage returned, in words; null for a result of another version, which is not guessed at. */
export const describeStageResult = (stage: StageView["stage"], result: unknown): string | null =>
  SUMMARIES[stage].safeParse(result).data ?? null;
