type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** What older versions called a mode. */
const RENAMED: ReadonlyMap<unknown, string> = new Map([["hold", "buy-and-hold"]]);

/** The control's first versions had a stop; it has had none since, so what it says is not read. */
const withoutStop = (settings: unknown): unknown =>
  isFields(settings)
    ? Object.fromEntries(Object.entries(settings).filter(([name]) => name !== "stopLossFraction"))
    : settings;

/**
 * A bot's settings as today's versions name them. Versions are never changed once they are stored, so older ones are
 * upgraded whenever they are read: they kept the settings of every mode beside each other, each under its mode's name,
 * and the control was named "hold". Settings without a mode are of `defaultMode`. What is no such thing is given back
 * as it is, for the schema to refuse.
 */
export const upgradeSettings = (stored: unknown, defaultMode: string): unknown => {
  if (!isFields(stored)) return stored;
  const { mode: given = defaultMode, ...settings } = stored;
  const mode = RENAMED.get(given) ?? given;
  if ("decision" in settings) return { ...settings, mode };
  const { trinity, hold, ...common } = settings;
  const own = new Map<unknown, unknown>([
    ["trinity", trinity],
    ["buy-and-hold", withoutStop(hold)],
  ]).get(mode);
  return { ...common, mode, ...(own !== undefined && { decision: own }) };
};
