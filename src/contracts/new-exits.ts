import { z } from "zod";
import { changeSchema } from "./edit-bot";

/**
 * What the exits of a bot's present settings would change of its open positions. `refused`: why one keeps those it has;
 * `isLooser`: its stop would protect less.
 */
export const newExitsSchema = z.object({
  botId: z.uuid(),
  version: z.number().int(),
  positions: z.array(
    z.object({
      id: z.uuid(),
      pair: z.string(),
      side: z.enum(["long", "short"]),
      changes: z.array(changeSchema),
      isLooser: z.boolean(),
      refused: z.string().nullable(),
    }),
  ),
});
export type NewExits = z.infer<typeof newExitsSchema>;
