import { z } from "zod";
import { furtherSettings } from "./environment/further-settings.js";
import { findMailProblems } from "./environment/visitor-settings.js";

const optionalText = z.string().trim().min(1).optional();
const httpUrl = z.url({ protocol: /^https?$/, error: "must be a URL that begins with http:// or https://" });
const postgresUrl = z.url({
  protocol: /^postgres(ql)?$/,
  error: "must be a URL like postgresql://user:password@host:5432/database",
});

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * Whether a URL leads to this machine itself.
 *
 * @param {string} url
 * @returns {boolean}
 */
export const isLoopbackUrl = (url) => URL.canParse(url) && LOOPBACK.test(new URL(url).hostname);

const SWITCHED_OFF = new Set(["", "0", "false", "off", "no"]);

/** Hexadecimal digits in pairs, with or without the prefix that hosted Inngest gives its keys. */
const SIGNING_KEY = /^(signkey-[a-z0-9]+-)?([0-9a-f]{2})+$/i;

/** Of a random value, nearly every three characters in a row stand there once. */
const GROUP_LENGTH = 3;
const NEW_GROUPS_MIN = 0.75;

/**
 * Whether a text says the same again and again, whole or with something around or between.
 *
 * @param {string} text
 * @returns {boolean}
 */
const isRepetitive = (text) => {
  const letters = text.toLowerCase();
  const groups = Array.from({ length: letters.length - GROUP_LENGTH + 1 }, (_, at) =>
    letters.slice(at, at + GROUP_LENGTH),
  );
  return new Set(groups).size < groups.length * NEW_GROUPS_MIN;
};

const settingsSchema = z.object({
  NODE_ENV: z.enum(["development", "test", "production"]).default("development"),
  /** The application's own connections; a pooler in transaction mode is fine. */
  DATABASE_URL: postgresUrl.optional(),
  /** A connection that keeps its session, for LISTEN and migrations. Default: DATABASE_URL. */
  DIRECT_URL: postgresUrl.optional(),
  /** The role that owns the tables, for migrations alone: the server never connects as it. Default: DIRECT_URL. */
  OWNER_DATABASE_URL: postgresUrl.optional(),
  PORT: z.coerce.number({ error: "must be a TCP port" }).int().min(0).max(65_535).default(3000),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
  /** What executes the durable functions: the runner that `npm start` brings, or an Inngest server. Never both. */
  RUNNER: z.enum(["embedded", "inngest"], { error: 'must be "embedded" or "inngest"' }).default("embedded"),
  /** "1" or the URL of a development server, which calls without signing. */
  INNGEST_DEV: z
    .string()
    .trim()
    .transform((value) => (SWITCHED_OFF.has(value.toLowerCase()) ? undefined : value))
    .optional(),
  /** Where a self-hosted Inngest listens. */
  INNGEST_BASE_URL: httpUrl.optional(),
  INNGEST_EVENT_KEY: optionalText,
  INNGEST_SIGNING_KEY: z
    .string()
    .trim()
    .regex(SIGNING_KEY, 'must be hexadecimal, for example from "openssl rand -hex 32"')
    .optional(),
  /** Where the demo's market answers, and the venue that it is; "npm start" hands them to the app. */
  DEMO_MARKET_URL: httpUrl.refine(isLoopbackUrl, "must be on this machine itself").optional(),
  DEMO_VENUE_ID: z.uuid().optional(),
  /** Encrypts the session cookie. Another value signs everybody out. */
  NEXTAUTH_SECRET: z
    .string()
    .min(32, 'must have at least 32 characters, for example from "openssl rand -hex 32"')
    .refine((value) => new Set(value).size >= 8, "is too easy to guess: use a random value")
    .refine(
      (value) => !isRepetitive(value),
      'says the same again and again: use a random value, for example from "openssl rand -hex 32"',
    )
    .optional(),
  /** The address that browsers use. https makes cookies Secure. */
  NEXTAUTH_URL: httpUrl.optional(),
  /** OKX's host for your region, or a simulator. Default: OKX's own. Prices that come in the clear could be anybody's. */
  OKX_BASE_URL: httpUrl
    .refine(
      (url) => url.startsWith("https:") || isLoopbackUrl(url),
      "must begin with https:// but on this machine itself",
    )
    .optional(),
  /** A JSON file of events that bots may rest around. Default: there is no calendar. */
  NEWS_CALENDAR_FILE: optionalText,
  ...furtherSettings,
});

/** @typedef {z.infer<typeof settingsSchema>} Environment */
/** @typedef {"INNGEST_DEV" | "INNGEST_BASE_URL" | "INNGEST_EVENT_KEY" | "INNGEST_SIGNING_KEY"} InngestName */

/** @type {readonly InngestName[]} */
const INNGEST_NAMES = ["INNGEST_DEV", "INNGEST_BASE_URL", "INNGEST_EVENT_KEY", "INNGEST_SIGNING_KEY"];

/**
 * What is wrong with how RUNNER and Inngest's settings go together, by variable.
 *
 * @param {Environment} settings
 * @returns {(readonly [string, string])[]}
 */
const findRunnerProblems = (settings) => {
  const given = INNGEST_NAMES.filter((name) => settings[name] !== undefined);
  if (settings.RUNNER === "embedded") {
    return given.map((name) => [name, "is for an Inngest server: set RUNNER=inngest too, or unset it"]);
  }
  if (settings.INNGEST_DEV !== undefined) {
    return settings.INNGEST_SIGNING_KEY === undefined
      ? []
      : [["INNGEST_DEV", "switches signatures off: unset it, or unset INNGEST_SIGNING_KEY"]];
  }
  /** @type {readonly InngestName[]} */
  const keys = ["INNGEST_SIGNING_KEY", "INNGEST_EVENT_KEY"];
  return keys
    .filter((name) => settings[name] === undefined)
    .map((name) => [name, "is needed with RUNNER=inngest (or INNGEST_DEV, for a development server)"]);
};

const environmentSchema = settingsSchema.superRefine((settings, context) => {
  for (const [name, message] of [...findRunnerProblems(settings), ...findMailProblems(settings)]) {
    context.addIssue({ code: "custom", path: [name], message });
  }
});

/**
 * The settings that a process was given, checked. An empty variable counts as unset. Throws one error that lists every
 * variable at fault.
 *
 * @param {Readonly<Record<string, string | undefined>>} source
 * @returns {Environment}
 */
export const parseEnvironment = (source) => {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
  const result = environmentSchema.safeParse(given);
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`);
  throw new Error(`The environment is not usable. Correct these variables and start again:\n${problems.join("\n")}`);
};

/**
 * The address that Next was told to listen at, as its command line has it; undefined: every address of the machine.
 *
 * @param {readonly string[]} commandLine
 * @returns {string | undefined}
 */
const findHostname = (commandLine) => {
  /** @type {string | undefined} */
  let hostname;
  for (const [index, word] of commandLine.entries()) {
    if (word === "-H" || word === "--hostname") hostname = commandLine[index + 1];
    else if (word.startsWith("--hostname=")) hostname = word.slice("--hostname=".length);
    else if (/^-H./.test(word)) hostname = word.slice("-H".length);
  }
  return hostname;
};

/**
 * A development server's calls are not signed, so in production only this machine may reach the app. A proxy of ours
 * calls from here too, whoever its clients are. Throws otherwise.
 *
 * @param {Environment} settings
 * @param {readonly string[]} commandLine of the process that listens
 */
export const refuseOpenDevMode = (settings, commandLine) => {
  if (settings.NODE_ENV !== "production" || settings.INNGEST_DEV === undefined) return;
  const [hostname, url] = [findHostname(commandLine) ?? "0.0.0.0", getPublicUrl(settings)];
  const reasons = [
    !isLoopbackUrl(`http://${hostname.includes(":") ? `[${hostname}]` : hostname}`) && `it listens at ${hostname}`,
    !isLoopbackUrl(url.href) && `NEXTAUTH_URL is ${url.origin}`,
    settings.TRUSTED_PROXY_HOPS > 0 && "TRUSTED_PROXY_HOPS says that a proxy stands before it",
  ].filter((reason) => reason !== false);
  if (reasons.length === 0) return;
  throw new Error(
    `INNGEST_DEV lets anybody who reaches the app execute its functions, and ${reasons.join(", ")}. ` +
      'For this machine alone start it with "--hostname 127.0.0.1" and without a proxy; ' +
      "else unset INNGEST_DEV and set INNGEST_SIGNING_KEY and INNGEST_EVENT_KEY.",
  );
};

/** @type {Environment | undefined} */
let environment;

/**
 * This process's environment. Read at the first call and not at import, so that tools without a database can import
 * what imports this.
 *
 * @returns {Environment}
 */
export const getEnvironment = () => {
  environment ??= parseEnvironment(process.env);
  return environment;
};

/**
 * @param {"DATABASE_URL" | "DIRECT_URL"} name DIRECT_URL falls back to DATABASE_URL.
 * @param {Environment} [settings]
 * @returns {string}
 */
export const getDatabaseUrl = (name = "DATABASE_URL", settings = getEnvironment()) => {
  const url = settings[name] ?? settings.DATABASE_URL;
  if (url !== undefined) return url;
  throw new Error(
    'DATABASE_URL is not set. "npm start" brings a database of its own; ' +
      "otherwise set it, for example to postgresql://user:password@127.0.0.1:5432/0xbot.",
  );
};

/**
 * The secret of the session cookie. There is no default: a known one would sign anybody in.
 *
 * @param {Environment} [settings]
 * @returns {string}
 */
export const getAuthSecret = (settings = getEnvironment()) => {
  if (settings.NEXTAUTH_SECRET !== undefined) return settings.NEXTAUTH_SECRET;
  throw new Error('NEXTAUTH_SECRET is not set. Set it to a random value, for example from "openssl rand -hex 32".');
};

/**
 * The address that browsers use.
 *
 * @param {Environment} [settings]
 * @returns {URL}
 */
export const getPublicUrl = (settings = getEnvironment()) =>
  new URL(settings.NEXTAUTH_URL ?? `http://localhost:${settings.PORT}`);

/**
 * What is allowed and yet likely to be a mistake, in words for the log of a start.
 *
 * @param {Environment} [settings]
 * @returns {string[]}
 */
export const findSettingsInDoubt = (settings = getEnvironment()) => {
  const url = getPublicUrl(settings);
  if (settings.TRUSTED_PROXY_HOPS > 0 || isLoopbackUrl(url.href)) return [];
  return [
    `TRUSTED_PROXY_HOPS is 0 and NEXTAUTH_URL is ${url.origin}: addresses of clients are not known, so tries to sign in ` +
      "are limited per account only. Set it to the number of your proxies that append to X-Forwarded-For.",
  ];
};
