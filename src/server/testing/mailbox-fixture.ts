import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { createFileDelivery } from "../adapters/mail/create-file-delivery";
import { createMailSender } from "../adapters/mail/create-mail-sender";
import type { MailSender } from "../ports/mail-sender";

type ReadMail = { readonly to: string; readonly subject: string; readonly text: string };

export type Mailbox = {
  readonly mail: MailSender;
  /** What has been mailed to an address, in order, once everything posted is sent. */
  read(to: string): Promise<ReadMail[]>;
  /** The token of the last mail to an address that has a link to this path. Throws where there is none. */
  tokenFor(to: string, path: string): Promise<string>;
  close(): void;
};

const parse = (file: string): ReadMail => {
  const [head = "", ...body] = readFileSync(file, "utf8").split("\n\n");
  const field = (name: string): string => new RegExp(`^${name}: (.*)$`, "m").exec(head)?.[1] ?? "";
  return { to: field("To"), subject: field("Subject"), text: body.join("\n\n") };
};

/** Reads mails from the files in a folder, as a person without a mail server does. No folder yet: no mail. */
export const readMails = (folder: string): ReadMail[] =>
  (existsSync(folder) ? readdirSync(folder) : [])
    .filter((name) => name.endsWith(".eml"))
    .toSorted()
    .map((name) => parse(path.join(folder, name)));

/** The token behind the # of a link to this path in the last of these mails; null: none has such a link. */
export const tokenIn = (mails: readonly ReadMail[], linkPath: string): string | null =>
  mails
    .map(({ text }) => new RegExp(`${linkPath}#([\\w-]+)`).exec(text)?.[1])
    .findLast((token) => token !== undefined) ?? null;

/** Mail as files in a folder of its own. Failures of delivery throw where the mails are read. */
export const openMailbox = (): Mailbox => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "0xbot-mails-"));
  const failures: unknown[] = [];
  const deliver = createFileDelivery({ folder, say: () => undefined });
  const mail = createMailSender({ deliver, onFailure: (error) => void failures.push(error) });
  const read = async (to: string): Promise<ReadMail[]> => {
    await mail.settled();
    if (failures.length > 0) throw failures[0];
    return readMails(folder).filter((each) => each.to === to);
  };
  return {
    mail,
    read,
    tokenFor: async (to, linkPath) => {
      const token = tokenIn(await read(to), linkPath);
      if (token === null) throw new Error(`no mail to ${to} has a link to ${linkPath}`);
      return token;
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
};
