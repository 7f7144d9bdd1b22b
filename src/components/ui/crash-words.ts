/** Where the cause of a crash stands, for who asks; what was thrown in the browser has no number there. */
export const whereLogged = (digest: string | undefined): string =>
  digest === undefined ? "" : ` The cause is in the server's log under ${digest}.`;
