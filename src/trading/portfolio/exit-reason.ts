import { z } from "zod";

const protectiveExitSchema = z.enum(["stop-loss", "take-profit", "liquidation"]);
/** Exits that no mode asks for: the gate counts them. */
export type ProtectiveKind = z.infer<typeof protectiveExitSchema>;

const MODE_EXIT = "exit-";
const modeExitSchema = z.templateLiteral([MODE_EXIT, z.string()]);
/** A mode's own exit. Every mode brings its own; the prefix keeps them apart from the protective ones. */
type ModeExit = z.infer<typeof modeExitSchema>;

/** Why a position was closed, as its trade has it. */
export const exitReasonSchema = z.union([protectiveExitSchema, modeExitSchema]);
export type ExitReason = z.infer<typeof exitReasonSchema>;

const isModeExit = (code: string): code is ModeExit => code.startsWith(MODE_EXIT);

/** The exit that a mode's decision asked for by this reason code. */
export const modeExitOf = (code: string): ModeExit => (isModeExit(code) ? code : `${MODE_EXIT}${code}`);
