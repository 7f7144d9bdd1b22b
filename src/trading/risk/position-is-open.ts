import type { RefusalWords } from "./basis/risk-rule";

/** The refusal of a close without an open position. No rule is measured for it. */
export const positionIsOpen: { readonly name: "position-is-open"; readonly words: RefusalWords } = {
  name: "position-is-open",
  words: {
    title: "nothing to close",
    refused: "the pair has no open position",
    changeUnmeasured: "wait for an open position to close",
  },
};
