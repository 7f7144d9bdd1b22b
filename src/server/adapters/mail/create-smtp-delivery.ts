import { createTransport } from "nodemailer";
import type { OutgoingMail } from "./create-mail-sender";

const CONNECT_MS = 10_000;
const SILENCE_MS = 20_000;

type SmtpDelivery = { readonly url: string; readonly from: string };

/** Hands each mail to a mail server. Throws when the server does not take it, or not in time. */
export const createSmtpDelivery = ({ url, from }: SmtpDelivery) => {
  const transport = createTransport(
    { url, connectionTimeout: CONNECT_MS, greetingTimeout: CONNECT_MS, socketTimeout: SILENCE_MS },
    { from },
  );
  return async (mail: OutgoingMail): Promise<void> => {
    // Nothing that is read from a file or an address may get into a mail.
    await transport.sendMail({ ...mail, disableFileAccess: true, disableUrlAccess: true });
  };
};
