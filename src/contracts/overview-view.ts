import { z } from "zod";
import { amountSchema } from "./amount";
import { gapSchema } from "./chart-view";

/** Something that happened, newest first in a list. `at` is venue time for trades, wall time for the rest. */
const activityItemSchema = z.object({
  id: z.string(),
  kind: z.enum(["trade-opened", "trade-changed", "trade-closed", "refused", "alert", "bot", "venue"]),
  at: z.date(),
  botId: z.uuid().nullable(),
  botName: z.string().nullable(),
  text: z.string(),
  /** Of equal things in a row that are told as one, `at` being the last: how many, and when the first was (wall time). */
  repeated: z.object({ times: z.number().int(), since: z.date() }).nullable(),
  /** The amount that the text speaks of, such as a trade's net result. */
  amount: amountSchema.nullable(),
  cycleId: z.uuid().nullable(),
  positionId: z.uuid().nullable(),
});
export type ActivityItem = z.infer<typeof activityItemSchema>;

const attentionSchema = z.object({
  id: z.string(),
  severity: z.enum(["info", "warning", "critical"]),
  text: z.string(),
  botId: z.uuid().nullable(),
  venueId: z.uuid().nullable(),
  /** Wall time. */
  since: z.date(),
});

/** One bot's line on the overview's chart. `time` in seconds of venue time; values are for drawing only. */
const lineSchema = z.object({
  botId: z.uuid(),
  name: z.string(),
  /** Drawn as what the others are measured against. */
  isControl: z.boolean(),
  /** What the line's change is measured by. */
  capital: z.number(),
  points: z.array(z.object({ time: z.number().int(), value: z.number() })),
  gaps: z.array(gapSchema),
});

/** Everything of a user at a glance. Money in `currency`; "today" is the UTC day of each bot's venue. */
export const overviewSchema = z.object({
  currency: z.string(),
  bots: z.number().int(),
  running: z.number().int(),
  equity: amountSchema,
  capital: amountSchema,
  /** Equity now less equity at the day's start, over all bots. */
  today: amountSchema,
  todayFraction: z.number().nullable(),
  openPositions: z.number().int(),
  unrealized: amountSchema,
  /** What is lost if every stop fills, from the present marks, and all of what has none; negative. */
  openRisk: amountSchema,
  /** Open positions without a stop. */
  withoutStop: z.number().int(),
  openRiskFraction: z.number().nullable(),
  /** Of the bots with the most capital, at most twelve. */
  lines: z.array(lineSchema),
  /** The gravest notes first, at most fifty of `attentionCount`. */
  attention: z.array(attentionSchema),
  attentionCount: z.number().int(),
  activity: z.array(activityItemSchema),
});
export type Overview = z.infer<typeof overviewSchema>;
