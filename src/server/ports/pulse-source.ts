import type { Pulse } from "~/contracts/pulse";

/** How the product is, told to all who listen. */
export type PulseSource = {
  /** Calls back each second until the returned function is called. */
  listen(hear: (pulse: Pulse) => void): () => void;
};
