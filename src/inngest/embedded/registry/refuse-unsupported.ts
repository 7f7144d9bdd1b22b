import type { InngestFunction } from "inngest";

/** The options of createFunction that the runner supports. All others are refused, also those of later SDKs. */
const SUPPORTED_OPTIONS: ReadonlySet<string> = new Set([
  "id",
  "name",
  "description",
  "triggers",
  "retries",
  "singleton",
  "cancelOn",
  "onFailure",
  "middleware",
]);

export class UnsupportedFunction extends Error {
  override readonly name = "UnsupportedFunction";
  constructor(functionId: string, option: string, advice: string) {
    super(`Function "${functionId}", option ${option}: ${advice}`);
  }
}

/** Throws UnsupportedFunction for the first option outside the subset: no silent differences to a real server. */
export const refuseUnsupportedOptions = (functions: readonly InngestFunction.Any[]): void => {
  for (const fn of functions) {
    const options: Record<string, unknown> = { ...fn.opts };
    for (const [option, value] of Object.entries(options)) {
      if (value === undefined || SUPPORTED_OPTIONS.has(option)) continue;
      throw new UnsupportedFunction(
        fn.id(),
        option,
        "not supported by the embedded runner. Remove it, or run an Inngest server (RUNNER=inngest).",
      );
    }
  }
};
