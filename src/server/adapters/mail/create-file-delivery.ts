import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import type { OutgoingMail } from "./create-mail-sender";

type FileDelivery = {
  readonly folder: string;
  /** Told where a mail is; never what it says, since its link opens an account. */
  readonly say: (line: string) => void;
};

/** "j…@example.org": enough to find one's own mail by. */
const masked = (address: string): string => address.replace(/^(.)[^@]*/, "$1…");

/** For a machine without a mail server: each mail becomes a file that only its owner can read. */
export const createFileDelivery = ({ folder, say }: FileDelivery) => {
  let written = 0;
  return async ({ to, subject, text }: OutgoingMail): Promise<void> => {
    written += 1;
    const now = new Date();
    // Names sort as the mails were written, also of one millisecond.
    const name = `${now.toISOString().replaceAll(/[:.]/g, "-")}-${process.pid}-${String(written).padStart(6, "0")}.eml`;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const head = [`To: ${to}`, `Subject: ${subject}`, `Date: ${now.toUTCString()}`, "Content-Type: text/plain"];
    await writeFile(path.join(folder, name), `${head.join("\n")}\n\n${text}\n`, { mode: 0o600, flag: "wx" });
    say(`Mail for ${masked(to)}, "${subject}": ${path.join(path.basename(folder), name)}`);
  };
};
