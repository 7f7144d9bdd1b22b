import type { Changes } from "../../scripts/upgrade/compare-rows";

/** What migrations since the stored dump changed on purpose. Everything else in it must read as before. */
export const CHANGES: Changes = {
  reworded: {},
  dropped: [],
};
