import { invariant } from "../../invariant";
import { maxOf, ZERO } from "../../money";
import { passIf, type RiskRule } from "../basis/risk-rule";
import { beyond, waits } from "../basis/rule-texts";

/** Loss of all of the user's bots since the UTC day began, the gains of one against the losses of another. */
export const userDailyLossRule: RiskRule<"user-daily-loss"> = {
  name: "user-daily-loss",
  description: "While all bots of one user together have lost this much in the UTC day, none of them enters.",
  unit: "USDT",
  limits: {},
  asksUser: ({ dailyLossMax }) => dailyLossMax !== null,
  check: ({ user }) => {
    const limit = user?.limits.dailyLossMax;
    invariant(user && limit, "asked only where the user has this limit");
    const measured = maxOf(user.loss, ZERO);
    return { outcome: passIf(measured.lt(limit)), measured: measured.toFixed(), limit: limit.toFixed() };
  },
  words: {
    title: "all bots' daily loss",
    refused: "all bots together lost the user's limit of a day",
    reason: beyond("the loss of all bots together in this UTC day", "less than"),
    change: waits("for the next UTC day, or until all bots together have lost less than the user allows"),
  },
};
