/** By what the cause of a crash is found in the server's log; an error thrown in the browser has no such name there. */
export const crashReference = (digest: string | undefined): string =>
  digest === undefined ? "" : ` Reference ${digest}.`;
