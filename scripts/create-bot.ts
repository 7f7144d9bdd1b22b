/** Makes a paper bot: npm run -s bot:create -- --email you@example.org --venue okx|demo [--settings bot.json]. */
import { readFileSync } from "node:fs";
import { VENUE_KINDS } from "../src/trading/venue-catalogue";
import { parseArgs } from "node:util";
import { z } from "zod";
import { getEnvironment } from "../src/env";
import { startPaperBot, type WantedBot } from "../src/server/bots/start-paper-bot";
import { createRuntime } from "../src/server/runtime";
import { decimal } from "../src/trading/money";
import { findDatabaseUrl } from "./start/own-database";

const USAGE = `Usage: npm run -s bot:create -- --email <address> --venue ${VENUE_KINDS.join("|")} [options]

Makes a bot that trades with paper money, and starts it.

  --email <address>    the user whose bot it is
  --venue <kind>       where its prices are from: ${VENUE_KINDS.join(" or ")}
  --name <name>        what it is called (default: by how it decides)
  --pairs A/B,C/D      what it trades, in order of priority (default: those of the settings file, else the venue's)
  --settings <file>    JSON with any of the bot's settings: mode, decision, exits, risk
  --interval <seconds> between two cycles (default: that of the settings file, else 300 on okx and 3600 on demo)
  --capital <amount>   USDT that it starts with (default 10000)
  --help               prints this`;

const text = { type: "string" } as const;

const optionsSchema = z.object({
  email: z.string({ error: "needs the address of the user whose bot it is" }),
  venue: z.enum(VENUE_KINDS, { error: `must be ${VENUE_KINDS.join(" or ")}` }),
  name: z.string().trim().min(1, "must not be empty").default(""),
  pairs: z.string().optional(),
  settings: z.string().optional(),
  interval: z
    .string()
    .regex(/^\d{1,6}$/, "needs seconds")
    .optional(),
  capital: z
    .string()
    .regex(/^\d{1,12}(\.\d{1,8})?$/, "needs an amount in USDT with at most 8 decimals")
    .refine((amount) => Number(amount) > 0, "must be more than 0")
    .default("10000"),
});

const INTERVALS = { okx: 300, demo: 3600 };

const settingsSchema = z.looseObject({ intervalSeconds: z.number().optional() });

/** The bot's settings as a file of JSON has them: mode, decision, exits, risk. Throws with what to do. */
const readSettings = (path: string): z.infer<typeof settingsSchema> => {
  try {
    return settingsSchema.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`--settings needs a file of JSON with the settings of a bot, ${path} is none: ${why}`, {
      cause: error,
    });
  }
};

/** What the command line asks for; null: only for help. Throws with what to do. */
const parseWanted = (): WantedBot | null => {
  const { values } = parseArgs({
    options: {
      email: text,
      venue: text,
      name: text,
      pairs: text,
      settings: text,
      interval: text,
      capital: text,
      help: { type: "boolean" },
    },
  });
  if (values.help === true) return null;
  const parsed = optionsSchema.safeParse(values);
  if (!parsed.success) {
    throw new Error(parsed.error.issues.map(({ path, message }) => `--${path.join(".")} ${message}.`).join("\n"));
  }
  const { email, venue, name, pairs, interval, capital } = parsed.data;
  const settings = parsed.data.settings === undefined ? {} : readSettings(parsed.data.settings);
  const baseUrl = getEnvironment().OKX_BASE_URL;
  return {
    email,
    venue,
    okxHost: baseUrl === undefined ? null : new URL(baseUrl).host,
    name: name === "" ? null : name,
    pairs: pairs?.split(",").map((pair) => pair.trim().toUpperCase()) ?? null,
    settings,
    intervalSeconds: interval === undefined ? (settings.intervalSeconds ?? INTERVALS[venue]) : Number(interval),
    capital: decimal(capital),
  };
};

const create = async (): Promise<void> => {
  const wanted = parseWanted();
  if (wanted === null) {
    console.log(USAGE);
    return;
  }
  const runtime = createRuntime({ databaseUrl: findDatabaseUrl(), poolMax: 2 });
  try {
    const { botId, name, pairs } = await startPaperBot(runtime, wanted);
    console.log(`${name} trades ${pairs.join(", ")} with paper money: bot ${botId}.`);
  } finally {
    await runtime.close();
  }
};

try {
  await create();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
