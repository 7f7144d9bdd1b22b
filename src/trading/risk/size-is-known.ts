import type { RefusalWords } from "./basis/risk-rule";

/** The refusal of an entry whose size the bot's method cannot find. No rule is measured for it. */
export const sizeIsKnown: { readonly name: "size-is-known"; readonly words: RefusalWords } = {
  name: "size-is-known",
  words: {
    title: "no size",
    refused: "its size could not be found",
    changeUnmeasured: "its way to find a size would need what it asks for: enough candles, or a higher score",
  },
};
