import { formatAmount } from "~/components/format/format-amount";
import type { CycleView, StageView } from "~/contracts/cycle-view";
import { isJudged } from "./risk-check-view";

type StageName = StageView["stage"];

/** A stage's name for readers, the title of its section and where that is on the page. */
export const STAGE_NAMES: Record<
  StageName,
  { readonly name: string; readonly title: string; readonly anchor: string }
> = {
  "read-market": { name: "Market", title: "Market: what the bot read", anchor: "market" },
  "read-portfolio": { name: "Portfolio", title: "Portfolio: what the bot held", anchor: "portfolio" },
  "ask-model": { name: "Model", title: "Model: what it was asked and answered", anchor: "model" },
  "make-decisions": { name: "Decision", title: "Decision: what the bot decided", anchor: "decision" },
  "apply-risk": { name: "Risk", title: "Risk: what the risk gate allowed", anchor: "risk" },
  "execute-orders": { name: "Execution", title: "Execution: orders and fills", anchor: "execution" },
  "record-equity": { name: "Equity", title: "Equity: what the bot had after it", anchor: "equity" },
};

/** Whether one look at all of the venue's bots covered the slot, so that no run of its own claimed the bot. */
export const isLook = ({ status, epoch }: Pick<CycleView, "status" | "epoch">): boolean =>
  status === "done" && epoch === null;

const some = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;

const INPUTS: Record<StageName, (cycle: CycleView) => string> = {
  "read-market": () => "prices at the slot, closed candles",
  "read-portfolio": () => "open positions, candles since the previous cycle",
  "ask-model": ({ markets }) => `what was read of ${some(markets.length, "pair")}, the bot's books and strategy`,
  "make-decisions": ({ bot, decisions }) => {
    const pairs = some(decisions.length, "pair");
    return bot.mode.name === "llm"
      ? `what its model answered about ${pairs}, the bot's settings`
      : `candles of ${pairs}, the bot's settings`;
  },
  "apply-risk": ({ decisions }) => {
    const wishes = decisions.filter(({ action }) => action !== "hold").length;
    return `${some(wishes, "decision")} to open or close, the bot's books`;
  },
  "execute-orders": ({ decisions }) =>
    some(decisions.filter((decision) => isJudged(decision) && decision.verdict.outcome !== "rejected").length, "order"),
  "record-equity": () => "the bot's books, prices at the slot",
};

/** What went into a stage. */
export const stageInput = (cycle: CycleView, stage: StageName): string => INPUTS[stage](cycle);

/** The protective fills and legs of the cycle's span, counted: also those that another process booked. */
const tellSettled = (settled: CycleView["settled"]): string => {
  const countOf = (wanted: string): number => settled.filter(({ change }) => change === wanted).length;
  const [closed, parts, legs] = [countOf("closed"), countOf("part"), countOf("leg")];
  return [
    ...(closed > 0 ? [`${some(closed, "position")} closed by stop, target or liquidation`] : []),
    ...(parts > 0 ? [`${some(parts, "part")} left`] : []),
    ...(legs > 0 ? [`${some(legs, "leg")} entered`] : []),
  ].join(", ");
};

type Outcome = Pick<CycleView, "equity" | "bot" | "settled">;

/** What came out of a stage that ran; null where it recorded no summary. */
export const stageOutput = ({ equity, bot, settled }: Outcome, { stage, summary, state }: StageView): string | null => {
  if (stage === "record-equity" && equity !== null) return `${formatAmount(equity.equity)} ${bot.currency}`;
  return stage === "read-portfolio" && state === "done" && settled.length > 0 ? tellSettled(settled) : summary;
};

export const stageOf = ({ stages }: CycleView, name: StageName): StageView | undefined =>
  stages.find(({ stage }) => stage === name);

/** The cycle ended in this stage, without its result. */
export const isBrokenOff = ({ status }: Pick<CycleView, "status">, { state, summary }: StageView): boolean =>
  state === "not-reached" && summary !== null && (status === "failed" || status === "abandoned");

/** Whether any stage may have something to show. */
export const hasBegun = ({ status }: Pick<CycleView, "status">): boolean => status !== "due" && status !== "skipped";

const NOT_BEGUN: Partial<Record<CycleView["status"], string>> = {
  due: "The cycle has not begun.",
  skipped: "The slot was skipped, so no stage ran.",
  running: "The cycle has not reached this stage yet.",
};

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

const WITHOUT_SUMMARY: Record<StageView["state"], string> = {
  "not-needed": "There was nothing to do.",
  running: "This stage is running.",
  done: "This stage has nothing to show.",
  "not-reached": "The cycle ended before this stage.",
};

/** Why a stage has nothing to show, as a sentence. */
export const whyNothing = ({ status }: Pick<CycleView, "status">, stage: StageView | undefined): string => {
  if (stage && stage.summary !== null) return sentence(stage.summary);
  const state = stage?.state ?? "not-reached";
  return state === "not-reached" ? (NOT_BEGUN[status] ?? WITHOUT_SUMMARY[state]) : WITHOUT_SUMMARY[state];
};
