import type { Changes } from "../../scripts/upgrade/compare-rows";

/** What migrations since the stored dump changed on purpose. All other dumped values must stay the same. */
export const CHANGES: Changes = {
  reworded: {},
  dropped: [],
};
