import type { BotSettings } from "~/trading/bot-settings";
import { readNewSettings } from "~/trading/preview/read-settings";
import { AppError } from "../errors";

/** Those names lead to what every object has, and not to a setting. */
const NO_NAMES = new Set(["__proto__", "constructor", "prototype"]);

/** The name of no setting that stands anywhere in a value. A list instead of recursion: the caller chooses the depth. */
const findNoName = (value: unknown): string | null => {
  const waiting: unknown[] = [value];
  for (let next = waiting.pop(); next !== undefined || waiting.length > 0; next = waiting.pop()) {
    if (typeof next !== "object" || next === null) continue;
    const found = Object.keys(next).find((name) => NO_NAMES.has(name));
    if (found !== undefined) return found;
    waiting.push(...Object.values(next));
  }
  return null;
};

/** What the settings are for. */
type Done = "created" | "changed";
type Problem = { readonly path: string; readonly message: string };

const refuse = (problems: readonly Problem[], done: Done): never => {
  const texts = problems.map(({ path, message }) => `${path}: ${message}`);
  const fields = problems.map(({ path, message }) => ({
    path: path === "" ? "settings" : `settings.${path}`,
    message,
  }));
  throw new AppError("invalid", `The bot was not ${done}. ${texts.join("; ")}.`, fields);
};

/** The settings of a bot with all that they leave out. Throws AppError that names each field at fault. */
export const requireSettings = (raw: Readonly<Record<string, unknown>>, done: Done): BotSettings => {
  const noName = findNoName(raw);
  if (noName !== null) return refuse([{ path: "", message: `no setting is called ${noName}` }], done);
  const reading = readNewSettings(raw);
  return reading.isValid ? reading.settings : refuse(reading.issues, done);
};
