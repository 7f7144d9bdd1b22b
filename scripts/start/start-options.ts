import path from "node:path";
import { parseArgs } from "node:util";
import { parseEnvironment } from "../../src/env.js";
import { PROJECT_FOLDER } from "../project-folder";
import { DATA_FOLDER } from "./own-database";
import { StartError } from "./start-error";

export type DemoOptions = {
  /** Folder of recorded candles; null: the synthetic market. */
  readonly candles: string | null;
  /** Market time (ms) at which the demo opens on recorded candles; null: as early as the bots can have a past. */
  readonly start: number | null;
  /** Market seconds per second, 0 = it stands still; null: as it was chosen on the page, else the default. */
  readonly speed: number | null;
  readonly historyDays: number;
};

export type StartOptions = {
  readonly isDev: boolean;
  /** False = market and bots only, without the web server. */
  readonly hasApp: boolean;
  readonly port: number;
  /** An Inngest server executes the durable functions, through the app; false = the embedded runner does. */
  readonly isHosted: boolean;
  /** For sessions of our own (DIRECT_URL goes first); null: the database that we bring. */
  readonly databaseUrl: string | null;
  /** The same database as the role that owns its tables, for migrations; null: as databaseUrl. */
  readonly ownerUrl: string | null;
  /** The demo's user and bots are in the database that we bring, never in somebody's own. */
  readonly hasDemoUser: boolean;
  readonly dataFolder: string;
  readonly demo: DemoOptions;
};

type Variables = Readonly<Record<string, string | undefined>>;

const SPEED_MAX = 3600;
const HISTORY_DAYS = 14;
const HISTORY_DAYS_MAX = 60;

const wholeNumber = (name: string, text: string | undefined, max: number): number | null => {
  if (text === undefined || text === "") return null;
  const value = Number(text);
  if (Number.isInteger(value) && value >= 0 && value <= max) return value;
  throw new StartError(`${name} must be a whole number of 0 to ${max}, was "${text}"`);
};

const instant = (text: string | undefined): number | null => {
  if (text === undefined || text === "") return null;
  const time = Date.parse(text);
  if (/^\d{4}-\d\d-\d\dT/.test(text) && !Number.isNaN(time)) return time;
  throw new StartError(`DEMO_START must be an instant like 2022-05-20T00:00:00Z, was "${text}"`);
};

const parseDemo = (variables: Variables, historyDays: string | undefined): DemoOptions => {
  const candles = variables["DEMO_CANDLES"] || null;
  const start = instant(variables["DEMO_START"]);
  if (start !== null && candles === null) {
    throw new StartError("DEMO_START is for recorded candles: set DEMO_CANDLES too, or unset it");
  }
  return {
    candles: candles === null ? null : path.resolve(candles),
    start,
    speed: wholeNumber("DEMO_SPEED", variables["DEMO_SPEED"], SPEED_MAX),
    historyDays: wholeNumber("--history-days", historyDays, HISTORY_DAYS_MAX) ?? HISTORY_DAYS,
  };
};

/** What `npm start` was asked for. Throws StartError, or the environment's own error, for what cannot be used. */
export const parseStartOptions = (args: readonly string[], variables: Variables): StartOptions => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { "no-app": { type: "boolean" }, data: { type: "string" }, "history-days": { type: "string" } },
  });
  const unknown = positionals.find((word) => word !== "dev");
  if (unknown !== undefined) throw new StartError(`"${unknown}" is not known: there is "dev", and nothing`);
  const environment = parseEnvironment(variables);
  const isHosted = environment.RUNNER === "inngest";
  const hasApp = values["no-app"] !== true;
  if (isHosted && !hasApp) {
    throw new StartError("RUNNER=inngest executes functions through the app: leave out --no-app, or unset RUNNER");
  }
  const databaseUrl = environment.DIRECT_URL ?? environment.DATABASE_URL ?? null;
  const ownerUrl = environment.OWNER_DATABASE_URL ?? null;
  if (databaseUrl === null && ownerUrl !== null) {
    throw new StartError("OWNER_DATABASE_URL is for a database of your own: set DATABASE_URL too, or unset it");
  }
  return {
    isDev: positionals.includes("dev"),
    hasApp,
    port: environment.PORT,
    isHosted,
    databaseUrl,
    ownerUrl,
    hasDemoUser: databaseUrl === null,
    dataFolder: path.resolve(PROJECT_FOLDER, values.data ?? DATA_FOLDER),
    demo: parseDemo(variables, values["history-days"]),
  };
};
