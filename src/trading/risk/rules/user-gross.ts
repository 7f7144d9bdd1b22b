import { invariant } from "../../invariant";
import { addedValue } from "../basis/added-value";
import { passIf, type RiskRule } from "../basis/risk-rule";
import { beyond, moves } from "../basis/rule-texts";

/** Value of the positions of all of the user's bots, long and short added, in quote currency. */
export const userGrossRule: RiskRule<"user-gross"> = {
  name: "user-gross",
  description: "All bots of one user together hold positions worth at most what the user allows them.",
  unit: "USDT",
  limits: {},
  asksUser: ({ grossNotionalMax }) => grossNotionalMax !== null,
  check: ({ order, market, user }) => {
    const limit = user?.limits.grossNotionalMax;
    invariant(user && limit, "asked only where the user has this limit");
    const measured = user.gross.plus(addedValue(order, market));
    return { outcome: passIf(measured.lte(limit)), measured: measured.toFixed(), limit: limit.toFixed() };
  },
  words: {
    title: "all bots' exposure",
    refused: "all bots together would hold too much",
    reason: beyond("the value that all bots together would hold", "at most"),
    change: moves("the value that all bots together hold", "fall"),
  },
  resizedTo: "the value that all bots together hold",
};
