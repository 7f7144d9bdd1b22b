import { z } from "zod";
import { EMAIL_MAX } from "./credentials";
import { listInputSchema, pageOf } from "./list-page";

export const INVITE_DAYS_MAX = 90;

/** A user as administrators see one: who it is and how much is there, and nothing of what is traded. Wall time. */
const personRowSchema = z.strictObject({
  id: z.uuid(),
  email: z.string(),
  role: z.enum(["trader", "admin"]),
  isVerified: z.boolean(),
  createdAt: z.date(),
  /** Null: no session of the user is kept. */
  lastSeenAt: z.date().nullable(),
  /** Those that are open. */
  sessions: z.int(),
  /** Those that are not archived. */
  bots: z.int(),
  /** Null: the user may sign in. */
  blockedAt: z.date().nullable(),
});
export type PersonRow = z.infer<typeof personRowSchema>;
export const peopleSchema = pageOf(personRowSchema);
/** `text`: a part of the addresses that are looked for; nothing: all users. */
export const peopleInputSchema = listInputSchema
  .omit({ botId: true })
  .extend({ text: z.string().trim().max(EMAIL_MAX).default("") });

const inviteRowSchema = z.strictObject({
  /** The hash of its code, which nobody can register with. */
  id: z.string(),
  createdAt: z.date(),
  expiresAt: z.date(),
  state: z.enum(["open", "used", "revoked", "expired"]),
  /** Who registered with it; null: nobody, or somebody who had an account. */
  usedBy: z.string().nullable(),
});
export type InviteRow = z.infer<typeof inviteRowSchema>;
export const invitesSchema = z.array(inviteRowSchema);

export const createInviteSchema = z.strictObject({ days: z.int().min(1).max(INVITE_DAYS_MAX) });
/** The code is shown once. */
export const createdInviteSchema = z.strictObject({ code: z.string(), expiresAt: z.date() });
export const revokeInviteSchema = z.strictObject({ inviteId: z.string().regex(/^[0-9a-f]{64}$/) });

export const personSchema = z.strictObject({ userId: z.uuid() });
export const blockUserSchema = personSchema.extend({ isBlocked: z.boolean() });
