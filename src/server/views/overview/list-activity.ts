import type { ActivityItem } from "~/contracts/overview-view";
import { toPlain } from "~/trading/money";
import { describeExit } from "~/trading/execution/describe-exit";
import { formatGrouped } from "~/trading/format-number";
import { describeRefusal } from "~/trading/risk/describe-refusal";
import { modeExitOf } from "~/trading/portfolio/exit-reason";
import { fromColumn } from "../../db/amounts";
import { priceDigitsOf } from "../price-digits";
import type { Ports } from "../../ports";
import type { BotSelection } from "../bots/pick-bots";
import { selectActivity, type ActivityRow as Row } from "./activity-query";

type Amount = { toString(): string };

const plain = (amount: Amount | null): string => (amount === null ? "" : toPlain(fromColumn(amount)));

/** On the market's tick. */
const priceOf = ({ price, tick }: Row): string =>
  price === null || tick === null ? "" : formatGrouped(fromColumn(price).toFixed(priceDigitsOf(tick)));
const describeLength = (seconds: number): string =>
  seconds < 120
    ? `${seconds} s`
    : seconds < 7200
      ? `${Math.round(seconds / 60)} min`
      : `${Math.round(seconds / 3600)} h`;

const describePart = ({ action, words }: Row): string =>
  describeExit(action === "exit" ? modeExitOf(words ?? "") : (words ?? ""));

/** A leg, an addition or a part of a position that goes on. */
const describeChange = (row: Row, what: string): string => {
  if (row.action === "leg") return `Entered a leg, ${what} at ${priceOf(row)}`;
  if (row.action === "entry") return `Added ${what} at ${priceOf(row)}`;
  return `Closed a part, ${what} at ${priceOf(row)}: ${describePart(row)}`;
};

const describeClose = (row: Row, what: string): string =>
  `Closed ${what} at ${priceOf(row)}${row.inParts ? " on average" : ""}: ${describeExit(row.words ?? "")}`;

const describeRefused = ({ action, side, pair, rule }: Row): string => {
  const wish = [action, side, pair].filter((part) => part !== null).join(" ");
  return `Refused to ${wish}: ${describeRefusal(rule ?? "")}`;
};

const describeNote = ({ words, lastedSeconds }: Row): string => {
  const lasted = lastedSeconds === null ? "" : ` It is over, after ${describeLength(lastedSeconds)}.`;
  return `${words ?? ""}${lasted}`;
};

const describeActivity = (row: Row): string => {
  const what = `${row.side ?? ""} ${formatGrouped(plain(row.quantity))} ${row.pair ?? ""}`;
  switch (row.kind) {
    case "trade-opened":
      return `Opened ${what} at ${priceOf(row)}`;
    case "trade-changed":
      return describeChange(row, what);
    case "trade-closed":
      return describeClose(row, what);
    case "refused":
      return describeRefused(row);
    case "alert":
    case "bot":
    case "venue":
      return describeNote(row);
  }
};

const toItem = (row: Row): ActivityItem => ({
  id: `${row.kind}:${row.id}`,
  repeated: row.times > 1 ? { times: row.times, since: row.since } : null,
  kind: row.kind,
  at: row.at,
  botId: row.botId,
  botName: row.botName,
  text: describeActivity(row),
  amount: row.net && plain(row.net),
  cycleId: row.cycleId,
  positionId: row.positionId,
});

/** The newest `limit` things of a user's bots, in the order in which they were recorded, newest first: see `selectActivity`. */
export const listActivity = async (
  { db }: Pick<Ports, "db">,
  { userId }: BotSelection,
  limit: number,
): Promise<ActivityItem[]> => (await selectActivity(db, { userId, limit })).map(toItem);
