import { isAnyDue, type AskedSettings } from "../cycle/ask-markets";
import { utcMinute } from "../utc-minute";
import { refuse, type Refused } from "./refused";

type Asked = {
  readonly status: "running" | "paused" | "stopped" | "archived";
  /** Venue time, ms. */
  readonly now: number;
  /** The last slot (ms) that it decided about, or marked; null: none. */
  readonly lastDoneSlot: number | null;
  readonly settings: AskedSettings;
  /** The settings that opened what it holds. */
  readonly openedBy: readonly AskedSettings[];
};

/**
 * Whether a bot that is told to run now runs: it does where a decision candle closed that it did not decide about. A
 * candle is decided about once, whatever it is told. A paused bot closes by its rules and enters nothing.
 */
export const decideRun = (asked: Asked): "run" | { readonly note: string } | Refused => {
  const { status, now, lastDoneSlot, settings, openedBy } = asked;
  if (status === "archived") return refuse("it is archived");
  if (status === "stopped") return refuse("it is stopped: resume it first");
  const opened = openedBy.map((each) => ({ openedBy: each }));
  if (lastDoneSlot === null || isAnyDue(settings, opened, { slot: now, lastDoneSlot })) return "run";
  return { note: `already decided at ${utcMinute(new Date(lastDoneSlot))}: no decision candle has closed since` };
};
