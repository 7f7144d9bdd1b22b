type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** What older versions called a mode. */
const RENAMED: ReadonlyMap<unknown, string> = new Map([["hold", "buy-and-hold"]]);

/** Stored settings of the control may name a stop. The control has none, so it is dropped. */
const withoutStop = (settings: unknown): unknown =>
  isFields(settings)
    ? Object.fromEntries(Object.entries(settings).filter(([name]) => name !== "stopLossFraction"))
    : settings;

/**
 * A bot's settings in the form of this version. Stored settings are never changed, so older forms are upgraded whenever
 * they are read: the oldest have the settings of every mode side by side, each under its mode's name, and name the
 * control "hold". Settings without a mode are of `defaultMode`. Any other value is returned unchanged, for the schema
 * to refuse.
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
