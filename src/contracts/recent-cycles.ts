import { z } from "zod";

/**
 * How a bot's newest cycles went, at most 50 of the last hour of wall time. `skipped`: for want of time; cycles that its
 * own state skips (paused, halted) are none of them. `failed`: also those whose time passed before their next try.
 */
export const recentCyclesSchema = z.object({
  cycles: z.number().int(),
  skipped: z.number().int(),
  failed: z.number().int(),
});
export type RecentCycles = z.infer<typeof recentCyclesSchema>;

const count = (number: number, what: string): string => `${number} ${number === 1 ? "was" : "were"} ${what}`;

/** What went wrong of them in words, and what to do; null when nothing did. */
export const describeRecent = ({ recent }: { readonly recent: RecentCycles }): string | null => {
  const { cycles, skipped, failed } = recent;
  const parts = [
    ...(skipped > 0 ? [count(skipped, "skipped (0xBot could not keep up or was not running)")] : []),
    ...(failed > 0 ? [`${failed} failed`] : []),
  ];
  return parts.length === 0 ? null : `of its last ${cycles} cycles ${parts.join(" and ")}.`;
};
