/** Where funding is not known it is counted as 0, which a reader must not take for a rate. */
export const fundingName = (funding: string, isKnown: boolean): string =>
  isKnown || !/^-?0(\.0*)?$/.test(funding) ? "Funding" : "Funding, not known: counted as 0";
