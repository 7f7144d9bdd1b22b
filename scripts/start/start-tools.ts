import type { createPhases } from "./phases";
import type { Teardown } from "./teardown";

export type StartTools = {
  readonly say: (text: string) => void;
  readonly phases: ReturnType<typeof createPhases>;
  readonly teardown: Teardown;
};
