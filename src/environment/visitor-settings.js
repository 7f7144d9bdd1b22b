import { z } from "zod";

const optionalText = z.string().trim().min(1).optional();

/** "traders@example.org", or with a name: "0xBot <traders@example.org>". */
const SENDER = /^([^<>\r\n]*<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/;

/** The settings about people who come in: who may register, where they come from, how they get mail. */
export const visitorSettings = {
  /** Who may make an account: anybody, who has an invitation, or nobody. */
  REGISTRATION: z
    .enum(["open", "invite", "closed"], { error: 'must be "open", "invite" or "closed"' })
    .default("closed"),
  /** The mail server, its login included. Without one, mails are files in MAIL_FOLDER. */
  SMTP_URL: z
    .url({ protocol: /^smtps?$/, error: "must be a URL like smtps://user:password@mail.example.org:465" })
    .optional(),
  MAIL_FROM: z.string().trim().regex(SENDER, 'must be an address such as "0xBot <traders@example.org>"').optional(),
  MAIL_FOLDER: optionalText,
  /** How many proxies of ours stand before us: only what the last of them saw is a client's address. */
  TRUSTED_PROXY_HOPS: z.coerce.number({ error: "must be a number of proxies" }).int().min(0).max(5).default(0),
};

/**
 * What is wrong with how the mail settings go together, by variable.
 *
 * @param {{ readonly SMTP_URL?: string | undefined; readonly MAIL_FROM?: string | undefined }} settings
 * @returns {(readonly [string, string])[]}
 */
export const findMailProblems = ({ SMTP_URL, MAIL_FROM }) => {
  if (SMTP_URL !== undefined && MAIL_FROM === undefined) return [["MAIL_FROM", "is needed with SMTP_URL"]];
  if (MAIL_FROM !== undefined && SMTP_URL === undefined) return [["SMTP_URL", "is needed with MAIL_FROM"]];
  return [];
};
