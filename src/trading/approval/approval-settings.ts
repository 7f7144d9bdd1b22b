import { z } from "zod";

/**
 * Of a bot whose entries wait for its trader: for so many wall minutes, and while the price stays so near, a fraction of
 * what it was. Absent: the bot enters by itself.
 */
export const approvalSchema = z.strictObject({
  minutes: z.number().int().min(1).max(1440).default(15),
  bandFraction: z.number().min(0.0005).max(0.2).default(0.01),
});
export type Approval = z.infer<typeof approvalSchema>;
