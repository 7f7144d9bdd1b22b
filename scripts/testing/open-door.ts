import { afterAll, beforeAll } from "vitest";
import { openBed, type BedOptions } from "./open-bed";
import type { Site } from "../../src/server/ports/site";
import type { Runtime } from "../../src/server/runtime";
import { openMailbox, type Mailbox } from "../../src/server/testing/mailbox-fixture";

const SITE: Site = {
  publicUrl: new URL("https://bots.example.org"),
  registration: "open",
  hasMailServer: false,
};

export type Door = { readonly runtime: Runtime; readonly mailbox: Mailbox };

/** A bed at which anybody may register, and what it mails. */
export const openDoor = (take: (door: Door) => void, options: BedOptions = {}): void => {
  let mailbox: Mailbox;
  beforeAll(() => {
    mailbox = openMailbox();
  });
  openBed(({ runtime }) => take({ runtime: { ...runtime, mail: mailbox.mail, site: SITE }, mailbox }), options);
  afterAll(() => mailbox.close());
};
