import type { Pulse } from "~/contracts/pulse";

/** Tells for each pulse whether its stopped parts differ from those of the pulse before; at first there are none. */
export const watchStopped = (): ((pulse: Pulse) => boolean) => {
  let known = "";
  return ({ stopped }) => {
    const parts = stopped.map(({ part }) => part).join();
    const isOther = parts !== known;
    known = parts;
    return isOther;
  };
};
