import { formatMoney } from "../../format-number";
import { passIf, type RiskRule } from "../basis/risk-rule";
import { moves } from "../basis/rule-texts";
import { describeNumbers } from "../basis/unit-texts";

/** There must be enough cash for margin and fee. */
export const cashRule: RiskRule<"cash"> = {
  name: "cash",
  description: "Margin and fee must be covered by cash that is there.",
  unit: "USDT",
  limits: {},
  check: ({ order, portfolio }) => {
    const measured = order.margin.plus(order.fee);
    const limit = portfolio.cash;
    return { outcome: passIf(measured.lte(limit)), measured: measured.toFixed(), limit: limit.toFixed() };
  },
  words: {
    title: "cash",
    refused: "there is not enough cash",
    reason: (_, { measured, limit }) => `margin and fee take ${measured}, and ${limit} is there`,
    // Here the measured value is the cash needed, and the limit is the cash available.
    change: (check) => {
      const turned = { ...check, measured: check.limit, limit: check.measured ?? "0" };
      return moves("cash", "rise")(turned, describeNumbers(turned, formatMoney));
    },
  },
  resizedTo: "the cash that is there",
};
