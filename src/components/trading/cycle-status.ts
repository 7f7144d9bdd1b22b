import type { CycleView } from "~/contracts/cycle-view";
import { describeCode } from "./describe-bot";

type Ended = Pick<CycleView, "status" | "skipReason" | "failure" | "missedCount">;

type CycleTone = "neutral" | "accent" | "gain" | "warn" | "loss";

/** `why` is a whole sentence; null where there is nothing to explain. */
export type CycleStatus = { readonly word: string; readonly tone: CycleTone; readonly why: string | null };

const SKIPPED: Readonly<Record<string, string>> = {
  busy: "The previous cycle was still running, and a bot runs one cycle at a time.",
  stale: "The next cycle was due before this one could begin.",
  paused: "The bot was stopped.",
  halted: "The bot was halted.",
};

const skipped = ({ skipReason, missedCount, failure }: Ended): CycleStatus => {
  if (skipReason === "missed") {
    const slots = missedCount === null || missedCount === 1 ? "This slot" : `From this slot on ${missedCount} slots`;
    return {
      word: "Missed",
      tone: "warn",
      why: `${slots} passed while 0xBot was not running. Stops and targets were settled afterwards.`,
    };
  }
  const reason = skipReason === null ? null : (SKIPPED[skipReason] ?? `The reason: ${describeCode(skipReason)}.`);
  const before = failure === null ? "" : ` It had failed before: ${failure}`;
  return { word: "Skipped", tone: "warn", why: reason === null ? null : `${reason}${before}` };
};

const due = ({ failure }: Ended): CycleStatus =>
  failure === null
    ? { word: "Planned", tone: "neutral", why: "It begins at its scheduled time." }
    : { word: "Will be retried", tone: "warn", why: `It failed: ${failure}` };

/** How a cycle ended: a word, and the reason where it did not end as planned. */
export const statusOfCycle = (cycle: Ended): CycleStatus => {
  switch (cycle.status) {
    case "due":
      return due(cycle);
    case "running":
      return { word: "Running", tone: "accent", why: null };
    case "done":
      return { word: "Done", tone: "gain", why: null };
    case "skipped":
      return skipped(cycle);
    case "failed":
      return { word: "Failed", tone: "loss", why: cycle.failure ?? "It failed on its last attempt." };
    case "abandoned":
      return { word: "Abandoned", tone: "loss", why: "The process running it stopped; the next cycle closed it." };
  }
};
