/** Funding is charged only where the venue's rate is known; where it is not, a reader must not take 0 for a rate. */
export const fundingName = (funding: string): string =>
  /^-?0(\.0*)?$/.test(funding) ? "Funding, not known: counted as 0" : "Funding";
