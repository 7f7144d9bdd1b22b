import { z } from "zod";
import { MODE_NAMES } from "~/trading/decision/modes/registry";

/** How a bot decides. `isControl`: it buys once and holds without a stop, for the others to be measured against. */
export const modeViewSchema = z.object({ name: z.enum(MODE_NAMES), title: z.string(), isControl: z.boolean() });
export type ModeView = z.infer<typeof modeViewSchema>;
