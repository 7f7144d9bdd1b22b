/** Where the cause of a crash is logged; an error thrown in the browser has no number there. */
export const whereLogged = (digest: string | undefined): string =>
  digest === undefined ? "" : ` The cause is in the server's log under ${digest}.`;
