/** What this installation is to people who come to it. */
export type Site = {
  /** The address that links in mails lead to: configured, never what a request names. */
  readonly publicUrl: URL;
  /** Who may make an account. */
  readonly registration: "open" | "invite" | "closed";
  /** False: mails are files on the machine that this runs on. */
  readonly hasMailServer: boolean;
};
