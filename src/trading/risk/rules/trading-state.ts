import { passIf, type RiskRule } from "../basis/risk-rule";
import { waits } from "../basis/rule-texts";
import { UNKNOWN } from "../basis/unit-texts";

const formatState = (state: string | null): string => (state === "reducing" ? "closing only" : (state ?? UNKNOWN));

/** Only an active bot may enter: a reducing bot only closes positions, a halted bot does nothing. */
export const tradingStateRule: RiskRule<"trading-state"> = {
  name: "trading-state",
  description: "A bot enters only while it is active: reducing it only closes, halted it does nothing.",
  unit: "state",
  limits: {},
  check: ({ tradingState: measured }) => {
    const limit = "active";
    return { outcome: passIf(measured === limit), measured, limit };
  },
  words: {
    title: "not active",
    refused: "the bot only closes positions now",
    reason: ({ measured }) =>
      measured === "reducing" ? "the bot only closes positions now" : `the bot is ${formatState(measured)}`,
    change: waits("until the bot is active again"),
    texts: ({ measured, limit }) => ({ measured: formatState(measured), limit: formatState(limit) }),
  },
};
