import { z } from "zod";
import { cursorSchema, pageOf } from "./list-page";
import { emailSchema, newPasswordSchema, passwordSchema } from "./credentials";

/** What a visitor may know of this installation. */
export const doorSchema = z.strictObject({
  /** Who may make an account. */
  registration: z.enum(["open", "invite", "closed"]),
  /** False: mails are files on the machine that it runs on. */
  hasMailServer: z.boolean(),
});

/** A mailed link's token, or an invitation: of any length that one of ours has. */
const codeSchema = z.string().trim().min(1).max(64);

export const registerSchema = z.strictObject({
  email: emailSchema,
  password: newPasswordSchema,
  invite: codeSchema.optional(),
});
export const requestResetSchema = z.strictObject({ email: emailSchema });
export const resetPasswordSchema = z.strictObject({ token: codeSchema, password: newPasswordSchema });
export const verifyEmailSchema = z.strictObject({ token: codeSchema });
export const changePasswordSchema = z.strictObject({ current: passwordSchema, next: newPasswordSchema });
export const confirmPasswordSchema = z.strictObject({ password: passwordSchema });
export const endSessionSchema = z.strictObject({ sessionId: z.string().regex(/^[0-9a-f]{64}$/) });

/** How many sessions ended. */
export const endedSchema = z.strictObject({ ended: z.int() });

/** One of a user's own sessions. Times are wall time. */
const sessionViewSchema = z.strictObject({
  id: z.string(),
  /** By the name that it gives itself. */
  browser: z.string(),
  createdAt: z.date(),
  lastSeenAt: z.date(),
  /** The session that asks. */
  isThis: z.boolean(),
});
export type SessionView = z.infer<typeof sessionViewSchema>;

export const sessionsInputSchema = z.strictObject({
  cursor: cursorSchema,
  limit: z.number().int().min(1).max(50).default(20),
});
export const sessionsSchema = pageOf(sessionViewSchema);
