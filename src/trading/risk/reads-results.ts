import type { RiskLimits } from "./risk-limits";
import type { Sizing } from "./sizing/sizing-settings";

type Settings = {
  readonly risk: Pick<RiskLimits, "pairLockHours" | "tradesDrawdownMax">;
  readonly sizing: Sizing;
};

/** Whether a rule that is on, or the way of sizing, asks how a bot's trades ended: only then they are read. */
export const readsResults = ({ risk, sizing }: Settings): boolean =>
  risk.pairLockHours > 0 || risk.tradesDrawdownMax > 0 || sizing.method === "kelly";
