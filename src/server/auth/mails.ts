import type { Mail } from "../ports/mail-sender";
import type { Site } from "../ports/site";
import { TOKEN_MINUTES } from "./one-time-token";

/** The token is behind a #: browsers send that to no server, so it is in no log. */
const linkOf = ({ publicUrl }: Site, path: string, token?: string): string =>
  `${publicUrl.origin}${path}${token === undefined ? "" : `#${token}`}`;

const ONCE = `The link works once, for ${TOKEN_MINUTES} minutes.`;

export const verificationMail = (site: Site, to: string, token: string): Mail => ({
  to,
  subject: "Confirm your e-mail for 0xBot",
  text: [
    "To confirm that this address is yours, open:",
    linkOf(site, "/verify", token),
    `${ONCE} If you did not register at ${site.publicUrl.host}, do nothing.`,
  ].join("\n\n"),
});

export const resetMail = (site: Site, to: string, token: string): Mail => ({
  to,
  subject: "Choose a new password for 0xBot",
  text: [
    "To choose a new password, open:",
    linkOf(site, "/reset", token),
    `${ONCE} If you did not ask for it, do nothing: your password stays as it is.`,
  ].join("\n\n"),
});

/** For whoever registers with an address that has an account. Only the mailbox learns it. */
export const alreadyRegisteredMail = (site: Site, to: string): Mail => ({
  to,
  subject: "You have an account at 0xBot",
  text: [
    `Somebody tried to register at ${site.publicUrl.host} with this address, which has an account. Nothing was changed.`,
    `To sign in: ${linkOf(site, "/sign-in")}`,
    `If you forgot your password: ${linkOf(site, "/forgot")}`,
  ].join("\n\n"),
});

export const passwordChangedMail = (site: Site, to: string): Mail => ({
  to,
  subject: "Your password at 0xBot was changed",
  text: [
    `The password of your account at ${site.publicUrl.host} was changed. Other sessions have ended.`,
    `If that was not you, choose a new one now: ${linkOf(site, "/forgot")}`,
  ].join("\n\n"),
});
