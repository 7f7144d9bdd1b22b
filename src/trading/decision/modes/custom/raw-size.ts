import type { z } from "zod";

/** Far more than any valid rules have: what is larger is refused before it is read. */
const VALUES_MAX = 5000;
const DEPTH_MAX = 40;

/** Whether plain JSON has more values, or is nested deeper, than rules can be. */
const isTooLarge = (raw: unknown): boolean => {
  let level: unknown[] = [raw];
  let seen = 0;
  for (let depth = 0; level.length > 0; depth += 1) {
    seen += level.length;
    if (depth > DEPTH_MAX || seen > VALUES_MAX) return true;
    level = level.flatMap((value) => (typeof value === "object" && value !== null ? Object.values(value) : []));
  }
  return false;
};

export const checkRawSize = (raw: unknown, context: z.RefinementCtx): void => {
  if (!isTooLarge(raw)) return;
  const message = `rules have at most ${VALUES_MAX} values in ${DEPTH_MAX} levels: use fewer conditions`;
  context.addIssue({ code: "custom", message });
};
