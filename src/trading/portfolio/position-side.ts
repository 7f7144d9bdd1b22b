import { z } from "zod";

/** Which way a position profits. */
export const positionSideSchema = z.enum(["long", "short"]);
export type PositionSide = z.infer<typeof positionSideSchema>;
