import { z } from "zod";
import type { Decimal } from "~/trading/money";
import { toColumn } from "../db/amounts";
import { retryConflicts } from "../db/in-transaction";
import { Prisma } from "../db/prisma";
import type { Ports } from "../ports";
import { BREAKER, ENDING_MS, type CallQuestion } from "./call";
import { storableJson } from "./storable-json";

const reservationSchema = z.discriminatedUnion("outcome", [
  z.object({ outcome: z.literal("reserved") }),
  z.object({
    outcome: z.literal("asked-before"),
    callId: z.uuid(),
    state: z.enum(["reserved", "replied", "refused", "lost"]),
  }),
  z.object({
    outcome: z.literal("busy"),
    why: z.enum(["breaker", "rate", "at-once"]),
    until: z.coerce.date().optional(),
  }),
  z.object({
    outcome: z.literal("over-budget"),
    scope: z.enum(["bot", "user", "system"]),
    spent: z.string(),
    most: z.string(),
  }),
]);
/** `until`: when it may be free; absent: soon, nobody knows. Amounts are US dollars. */
export type Reservation = z.infer<typeof reservationSchema>;

export type Reserving = CallQuestion & {
  readonly id: string;
  readonly provider: string;
  readonly model: string;
  readonly place: string;
  /** The most that it can cost, in US dollars. */
  readonly reserve: Decimal;
  /** What the bot may spend a UTC day; null: no bot asks. */
  readonly botBudget: string | null;
  readonly withinMs: number;
  /** The deployment pays it: then no user may spend more than it gives everybody. */
  readonly isShared: boolean;
};

const toAsked = (asked: Reserving, now: number) => ({
  id: asked.id,
  user_id: asked.userId,
  bot_id: asked.cycle?.botId ?? null,
  cycle_id: asked.cycle?.cycleId ?? null,
  slot: asked.cycle ? new Date(asked.cycle.slot) : null,
  attempt: asked.attempt,
  provider: asked.provider,
  model: asked.model,
  place: asked.place,
  frame_version: asked.frameVersion,
  prompt_hash: asked.promptHash,
  prompt: asked.prompt,
  facts: asked.facts,
  reserve: toColumn(asked.reserve),
  asked_at: new Date(now),
  ends_by: new Date(now + asked.withinMs + ENDING_MS),
});

/**
 * Sets aside what a call may cost at most and writes it down, in one statement: committed before anything is sent. All of
 * bot, user and deployment must have so much left, and the model must be free. `held`: locks what must still be the
 * caller's; null is returned where it is not.
 */
export const reserveCall = async (
  { db, models, wallNow }: Pick<Ports, "db" | "models" | "wallNow">,
  asked: Reserving,
  held: Prisma.Sql = Prisma.sql`SELECT 1`,
): Promise<Reservation | null> => {
  const { systemBudget: system, userBudget: user, atOnce, atOnceEach, perMinute } = models;
  const userMost = asked.isShared ? user : null;
  const limits = { bot: asked.botBudget, user, userMost, system, atOnce, atOnceEach, perMinute, ...BREAKER };
  const row = storableJson(toAsked(asked, wallNow()));
  const rows = await retryConflicts(
    () => db.$queryRaw<{ made: unknown }[]>`
      WITH held AS (${held}) SELECT reserve_model_call(${row}::jsonb, ${JSON.stringify(limits)}::jsonb) AS made FROM held`,
  );
  const [first] = rows;
  return first ? reservationSchema.parse(first.made) : null;
};
