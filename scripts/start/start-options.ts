import path from "node:path";
import { parseArgs } from "node:util";
import { parseEnvironment, type Environment } from "../../src/env.js";
import type { DatabaseUrls } from "../migrate-database";
import { PROJECT_FOLDER } from "../project-folder";
import { DATA_FOLDER } from "./own-database";
import { StartError } from "./start-error";

export type DemoOptions = {
  /** Folder of recorded candles; null: the synthetic market. */
  readonly candles: string | null;
  /** Market time (ms) at which the demo opens on recorded candles; null: as early as a history allows. */
  readonly start: number | null;
  /** Market seconds per second, 0 = paused; null: as set on the page, else the default. */
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
  /** The user's own database, one URL per role; null: the bundled one. */
  readonly database: DatabaseUrls | null;
  /** True with the bundled database: the user's own never gets the demo's user and bots. */
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

/** The owner's URL defaults to DIRECT_URL, which bypasses poolers. */
const findDatabase = ({ DATABASE_URL, DIRECT_URL, OWNER_DATABASE_URL }: Environment): DatabaseUrls | null => {
  const app = DATABASE_URL ?? DIRECT_URL;
  if (app !== undefined) {
    const direct = DIRECT_URL ?? app;
    return { owner: OWNER_DATABASE_URL ?? direct, app, direct };
  }
  if (OWNER_DATABASE_URL === undefined) return null;
  throw new StartError("OWNER_DATABASE_URL is for a database of your own: set DATABASE_URL too, or unset it");
};

/** The options of `npm start`. Throws StartError, or the environment's own error, for invalid ones. */
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
  const database = findDatabase(environment);
  return {
    isDev: positionals.includes("dev"),
    hasApp,
    port: environment.PORT,
    isHosted,
    database,
    hasDemoUser: database === null,
    dataFolder: path.resolve(PROJECT_FOLDER, values.data ?? DATA_FOLDER),
    demo: parseDemo(variables, values["history-days"]),
  };
};
