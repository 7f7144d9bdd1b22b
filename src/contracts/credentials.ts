import { z } from "zod";

export const PASSWORD_MIN = 12;
const PASSWORD_MAX = 128;
export const EMAIL_MAX = 254;

/** One spelling per mailbox: without spaces around it, in lower case. */
export const emailSchema = z
  .string()
  .trim()
  .toLowerCase()
  .max(EMAIL_MAX, "is too long for an e-mail address")
  .pipe(z.email("must be an e-mail address"));

/** Any characters, none cut off or changed. */
export const newPasswordSchema = z
  .string()
  .min(PASSWORD_MIN, `must have at least ${PASSWORD_MIN} characters`)
  .max(PASSWORD_MAX, `must have at most ${PASSWORD_MAX} characters`);

/** A password that somebody has: it was checked when it was chosen. */
export const passwordSchema = z.string().min(1).max(PASSWORD_MAX);

/** What the sign-in form sends. Other fields of the form are dropped. */
export const credentialsSchema = z.object({ email: emailSchema, password: passwordSchema });
