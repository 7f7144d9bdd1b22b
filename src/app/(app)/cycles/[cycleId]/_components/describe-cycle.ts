import type { CycleView, PairDecision, SettledFill } from "~/contracts/cycle-view";
import { describeExit } from "~/trading/execution/describe-exit";
import { describeRefusal } from "~/trading/risk/describe-refusal";
import { isJudged, type JudgedDecision } from "./risk-check-view";
import { STAGE_NAMES } from "./stage-words";

type Told = Pick<CycleView, "status" | "settled" | "decisions" | "stages">;

const some = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;

/** "a", "a and b", "a, b and c". */
const listed = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1) ?? ""}`;

const wish = ({ action, side, pair }: PairDecision): string =>
  [action, pair, side].filter((part) => part !== null).join(" ");

const tellRecovery = ({ stages }: Told): string[] => {
  const recovered = stages.filter((stage) => stage.recovered !== null).map(({ stage }) => STAGE_NAMES[stage].name);
  return recovered.length === 0 ? [] : [`Recovered after a crash at step ${listed(recovered)}.`];
};

/** By what a fill came that no decision asked for. */
export const describeSettled = ({ change, kind }: Pick<SettledFill, "change" | "kind">): string => {
  if (change === "leg") return "leg entered";
  const by = describeExit(kind);
  return change === "closed" || kind === "partial-target" ? by : `part: ${by}`;
};

const tellSettled = ({ settled }: Told): string[] => {
  const countOf = (change: SettledFill["change"]): number => settled.filter((fill) => fill.change === change).length;
  const [closed, parts, legs] = [countOf("closed"), countOf("part"), countOf("leg")];
  return [
    ...(closed > 0 ? [`${some(closed, "position")} had been closed by a stop, a target or liquidation.`] : []),
    ...(parts > 0
      ? [
          parts === 1
            ? "1 part of a position had left at its level."
            : `${parts} parts of positions had left at their levels.`,
        ]
      : []),
    ...(legs > 0
      ? [legs === 1 ? "1 leg of an entry had been entered." : `${legs} legs of entries had been entered.`]
      : []),
  ];
};

const tellDecisions = ({ decisions, stages }: Told): string[] => {
  if (decisions.length === 0) {
    const stage = stages.find((each) => each.stage === "make-decisions");
    return stage?.state === "not-needed" && stage.summary !== null ? [`Nothing was decided: ${stage.summary}.`] : [];
  }
  const wishes = decisions.filter(({ action }) => action !== "hold");
  const decided = wishes.length === 0 ? "held on each" : `decided to ${listed(wishes.map(wish))}`;
  return [`The bot read ${some(decisions.length, "pair")} and ${decided}.`];
};

const refusal = ({ pair, verdict }: JudgedDecision): string =>
  verdict.rule === null ? pair : `${pair} (${describeRefusal(verdict.rule)})`;

const tellGate = ({ decisions }: Told): string[] => {
  const judged = decisions.filter(isJudged);
  const refused = judged.filter(({ verdict }) => verdict.outcome === "rejected");
  const passed = judged.filter(({ verdict }) => verdict.outcome !== "rejected");
  const parts = [
    ...(passed.length > 0 ? [`approved ${listed(passed.map(({ pair }) => pair))}`] : []),
    ...(refused.length > 0 ? [`refused ${listed(refused.map(refusal))}`] : []),
  ];
  return parts.length === 0 ? [] : [`The risk gate ${listed(parts)}.`];
};

const tellOrders = ({ decisions }: Told): string[] => {
  const orders = decisions.flatMap((decision) => decision.orders);
  if (orders.length === 0) return [];
  const filled = orders.filter(({ status }) => status === "filled").length;
  return [`${filled} of ${some(orders.length, "order")} filled.`];
};

/** What happened in a cycle, in a sentence for each stage that has something to tell. */
export const describeCycle = (cycle: Told): string[] => [
  ...tellSettled(cycle),
  ...tellDecisions(cycle),
  ...tellGate(cycle),
  ...tellOrders(cycle),
  ...tellRecovery(cycle),
];
