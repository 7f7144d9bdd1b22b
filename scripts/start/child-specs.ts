import path from "node:path";
import { isLoopbackUrl } from "../../src/env.js";
import { PROJECT_FOLDER } from "../project-folder";
import type { StartOptions } from "./start-options";
import type { ChildSpec } from "../../src/supervisor/supervise";

export type Handover = {
  readonly databaseUrl: string;
  readonly venueId: string;
  readonly marketPort: number;
  /** Where the scripted model answers. */
  readonly modelPort: number;
  readonly authSecret: string;
  /** As MODEL_KEY_SECRETS has them. */
  readonly modelSecrets: string;
};

/**
 * Most of what our processes make is garbage at once. Node keeps 48 MB for that, and to collect it from 6 MB oftener costs
 * little; without a limit a process would hold several times what it uses.
 */
const SMALL_NURSERY = "--max-semi-space-size=2";
/**
 * While the runner starts, it is collected when it holds a quarter more than after the last time, not several times as
 * much; `holdLittle` has the limit of its life.
 */
const STEADY_HEAP = "--heap-growing-percent=25";
/**
 * None of our processes has the code that V8 makes between interpreting and optimizing: it would go on growing for hours
 * as one rarely taken path after the other gets warm. That is 6 MB of the runner's 14 of code, and without it pages and
 * cycles cost the same processor time.
 */
const OPTIMIZED_CODE_ONLY = "--no-sparkplug";
const LEAN = [SMALL_NURSERY, OPTIMIZED_CODE_ONLY];

/** A program compiled beside this one. */
const ours = (name: string): string => path.join(import.meta.dirname, `${name}.js`);
const isReady = (line: string): boolean => line === "ready";

const marketSpec = (
  { databaseUrl, venueId, marketPort, modelPort }: Handover,
  { demo }: Pick<StartOptions, "demo">,
): ChildSpec => ({
  name: "market",
  args: [...LEAN, ours("market-process")],
  env: {
    DATABASE_URL: databaseUrl,
    DEMO_VENUE_ID: venueId,
    DEMO_PORT: String(marketPort),
    SCRIPTED_MODEL_PORT: String(modelPort),
    DEMO_OPTIONS: JSON.stringify(demo),
  },
  isReady,
});

/** Hosted functions find the demo's market by these. With the embedded runner the app needs no market. */
const demoEnvironment = ({ venueId, marketPort }: Handover): Record<string, string> => ({
  DEMO_VENUE_ID: venueId,
  DEMO_MARKET_URL: `http://127.0.0.1:${marketPort}`,
});

/** At the demo's highest speed each bot of an hour asks once a second. */
const DEMO_CALLS_PER_MINUTE = "600";

/** Whoever asks models, or offers them, finds the scripted one by it, and opens what users' keys are sealed in. */
const modelEnvironment = (
  { modelPort, modelSecrets }: Handover,
  { hasDemoUser }: Pick<StartOptions, "hasDemoUser">,
): Record<string, string> => ({
  SCRIPTED_MODEL_URL: `http://127.0.0.1:${modelPort}`,
  MODEL_KEY_SECRETS: process.env["MODEL_KEY_SECRETS"] || modelSecrets,
  ...(hasDemoUser && { MODEL_CALLS_PER_MINUTE: process.env["MODEL_CALLS_PER_MINUTE"] || DEMO_CALLS_PER_MINUTE }),
});

const runnerSpec = (handover: Handover, options: Pick<StartOptions, "hasDemoUser">): ChildSpec => ({
  name: "runner",
  args: [...LEAN, STEADY_HEAP, ours("runner-process")],
  env: { DATABASE_URL: handover.databaseUrl, ...demoEnvironment(handover), ...modelEnvironment(handover, options) },
  isReady,
});

const publicUrlOf = ({ port }: StartOptions): string => process.env["NEXTAUTH_URL"] || `http://localhost:${port}`;

/** The demo on this machine takes in whoever reaches it. A database or an address of one's own: as REGISTRATION says. */
const doorEnvironment = (url: string, { hasDemoUser, dataFolder }: StartOptions): Record<string, string> => ({
  MAIL_FOLDER: process.env["MAIL_FOLDER"] || path.join(dataFolder, "mail"),
  ...(hasDemoUser && isLoopbackUrl(url) && !process.env["REGISTRATION"] && { REGISTRATION: "open" }),
});

/** `next start`, or `next dev`. It says "Ready in ..." when it listens. */
export const appSpec = (handover: Handover, options: StartOptions): ChildSpec => ({
  name: "app",
  args: [
    ...(options.isDev ? [] : LEAN),
    "--import",
    path.join(PROJECT_FOLDER, "scripts", "start", "die-with-parent.mjs"),
    path.join(PROJECT_FOLDER, "node_modules", "next", "dist", "bin", "next"),
    options.isDev ? "dev" : "start",
    "--hostname",
    "127.0.0.1",
    "--port",
    String(options.port),
  ],
  env: {
    START_COMMAND_PID: String(process.pid),
    DATABASE_URL: process.env["DATABASE_URL"] || handover.databaseUrl,
    // The configured one may be the owner's.
    DIRECT_URL: handover.databaseUrl,
    NODE_ENV: options.isDev ? "development" : "production",
    NEXTAUTH_SECRET: process.env["NEXTAUTH_SECRET"] || handover.authSecret,
    NEXTAUTH_URL: publicUrlOf(options),
    ...doorEnvironment(publicUrlOf(options), options),
    ...modelEnvironment(handover, options),
    ...(options.isHosted && demoEnvironment(handover)),
  },
  isReady: (line) => line.includes("Ready in"),
});

/** The processes that trade, in starting order: the market, then the runner, unless a server executes functions. */
export const tradingSpecs = (
  handover: Handover,
  options: Pick<StartOptions, "isHosted" | "demo" | "hasDemoUser">,
): readonly ChildSpec[] => [
  marketSpec(handover, options),
  ...(options.isHosted ? [] : [runnerSpec(handover, options)]),
];

/**
 * For glibc. Each thread that reads or writes would else get memory of its own, which goes back to nobody, and what was
 * freed would stay with a process that once freed something large: up to 64 MB.
 */
const GIVEN_BACK = { MALLOC_ARENA_MAX: "2", MALLOC_TRIM_THRESHOLD_: "131072", MALLOC_MMAP_THRESHOLD_: "131072" };

/** The environment of child processes, without the owner's URL: they only read and write rows. */
export const inheritedEnvironment = (): NodeJS.ProcessEnv => {
  const { OWNER_DATABASE_URL: _owner, DIRECT_URL: _direct, ...inherited } = process.env;
  return { ...GIVEN_BACK, ...inherited, NEXT_TELEMETRY_DISABLED: "1" };
};
