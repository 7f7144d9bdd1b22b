import { invariant } from "../../invariant";
import { addedValue } from "../basis/added-value";
import { passIf, type RiskRule } from "../basis/risk-rule";
import { beyond, moves } from "../basis/rule-texts";

/** Bots that hold one side of pairs that move together make one bet. A correlation that is not known counts. */
export const userSameSideRule: RiskRule<"user-same-side"> = {
  name: "user-same-side",
  description: "All bots of one user together bet at most so much on one side of pairs that move together.",
  unit: "USDT",
  limits: {},
  asksUser: ({ sameSideNotionalMax }) => sameSideNotionalMax !== null,
  check: ({ order, market, user }) => {
    const limit = user?.limits.sameSideNotionalMax;
    invariant(user && limit, "asked only where the user has this limit");
    const measured = user.sameSide.plus(addedValue(order, market));
    return { outcome: passIf(measured.lte(limit)), measured: measured.toFixed(), limit: limit.toFixed() };
  },
  words: {
    title: "all bots' bet",
    refused: "all bots together would bet too much on one side",
    reason: beyond("the value that all bots would hold on this side of pairs that move together", "at most"),
    change: moves("the value that all bots hold on this side of pairs that move together", "fall"),
  },
  resizedTo: "the value that all bots hold on one side of pairs that move together",
};
