import { z } from "zod";

const protectiveExitSchema = z.enum([
  "stop-loss",
  "take-profit",
  "liquidation",
  "break-even",
  "trailing-stop",
  "time-exit",
  "invalidation",
  "partial-target",
  "delisting",
  "by-hand",
]);
/** Exits that no mode asks for. The gate reads them from a bot's past trades. */
export type ProtectiveKind = z.infer<typeof protectiveExitSchema>;

const MODE_EXIT = "exit-";
const modeExitSchema = z.templateLiteral([MODE_EXIT, z.string()]);
/** A mode's own exit. Each mode defines its own; the prefix separates them from protective exits. */
type ModeExit = z.infer<typeof modeExitSchema>;

/** Why a position was closed, as stored with its trade. */
export const exitReasonSchema = z.union([protectiveExitSchema, modeExitSchema]);
export type ExitReason = z.infer<typeof exitReasonSchema>;

const isModeExit = (code: string): code is ModeExit => code.startsWith(MODE_EXIT);

/** The exit reason for a mode's decision with this reason code. */
export const modeExitOf = (code: string): ModeExit => (isModeExit(code) ? code : `${MODE_EXIT}${code}`);
