import type { Pulse } from "~/contracts/pulse";

/** Tells of each pulse whether it says anything else of what has stopped than the one before; nothing has at first. */
export const watchStopped = (): ((pulse: Pulse) => boolean) => {
  let known = "";
  return ({ stopped }) => {
    const parts = stopped.map(({ part }) => part).join();
    const isOther = parts !== known;
    known = parts;
    return isOther;
  };
};
