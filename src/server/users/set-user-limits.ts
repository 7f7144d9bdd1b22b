import { z } from "zod";
import { emailSchema } from "~/contracts/credentials";
import { decimal } from "~/trading/money";
import { appendAudit } from "../audit/append-audit";
import { toColumnOrNull } from "../db/amounts";
import { inTransaction } from "../db/in-transaction";
import { AppError } from "../errors";
import type { Ports } from "../ports";

const NONE = "none";
/** Quote currency, at most 8 decimals. */
const amountSchema = z
  .string()
  .regex(/^\d{1,15}(\.\d{1,8})?$/, "must be an amount such as 50000 or 499.5, or none")
  .refine((text) => Number(text) > 0, "must be above 0; to allow everything, say none")
  .or(z.literal(NONE))
  .optional();

const newLimitsSchema = z.object({
  email: emailSchema,
  gross: amountSchema,
  sameSide: amountSchema,
  dailyLoss: amountSchema,
  correlation: z.coerce.number().min(0).max(1).optional(),
});
export type NewUserLimits = z.input<typeof newLimitsSchema>;

/** What a user allows all bots together, as text in quote currency; null: no such limit. */
export type StoredUserLimits = Readonly<Record<"gross" | "sameSide" | "dailyLoss", string | null>> & {
  readonly correlation: number;
};

/** Undefined leaves the column as it is. */
const toAmount = (text: string | undefined): string | null | undefined =>
  text === undefined ? undefined : toColumnOrNull(text === NONE ? null : decimal(text));

/**
 * Sets what a user allows all bots together; what is not named stays. No approval that was judged by the old limits is
 * saved after it. Returns all limits as they are then. Throws AppError for a limit that is not valid, or no such user.
 */
export const setUserLimits = async (
  { db, wallNow }: Pick<Ports, "db" | "wallNow">,
  wanted: NewUserLimits,
): Promise<StoredUserLimits> => {
  const parsed = newLimitsSchema.safeParse(wanted);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${issue.path.join(".")} ${issue.message}`);
    throw new AppError("invalid", `The limits were not changed: ${problems.join("; ")}.`);
  }
  const { email, gross, sameSide, dailyLoss, correlation } = parsed.data;
  const changes = {
    grossNotionalMax: toAmount(gross),
    sameSideNotionalMax: toAmount(sameSide),
    dailyLossMax: toAmount(dailyLoss),
    sameSideCorrelation: correlation,
  };
  const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
  return inTransaction(db, async (tx) => {
    const user = await tx.user.findUnique({ where: { email }, select: { id: true } });
    if (!user) throw new AppError("not-found", `No user has the e-mail ${email}.`);
    const userId = user.id;
    const isChange = Object.keys(given).length > 0;
    const row = await tx.userRisk.upsert({
      where: { userId },
      create: { userId, ...given },
      update: { ...given, version: { increment: isChange ? 1 : 0 } },
    });
    if (isChange) {
      const [subject, at] = [`user:${userId}`, new Date(wallNow())];
      await appendAudit(tx, { actorId: null, action: "set-user-limits", subject, details: given, at });
    }
    return {
      gross: row.grossNotionalMax?.toFixed() ?? null,
      sameSide: row.sameSideNotionalMax?.toFixed() ?? null,
      dailyLoss: row.dailyLossMax?.toFixed() ?? null,
      correlation: row.sameSideCorrelation,
    };
  });
};
