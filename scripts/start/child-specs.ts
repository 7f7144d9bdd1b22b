import path from "node:path";
import { PROJECT_FOLDER } from "../project-folder";
import type { StartOptions } from "./start-options";
import type { ChildSpec } from "./supervise";

export type Handover = {
  readonly databaseUrl: string;
  readonly venueId: string;
  readonly marketPort: number;
  readonly authSecret: string;
};

const ours = (name: string): readonly string[] => [
  "--import",
  "tsx",
  path.join(PROJECT_FOLDER, "scripts", "start", name),
];
const isReady = (line: string): boolean => line === "ready";

export const marketSpec = ({ databaseUrl, venueId, marketPort }: Handover): ChildSpec => ({
  name: "market",
  args: ours("market-process.ts"),
  env: { DATABASE_URL: databaseUrl, DEMO_VENUE_ID: venueId, DEMO_PORT: String(marketPort) },
  isReady,
});

export const runnerSpec = ({ databaseUrl, venueId, marketPort }: Handover): ChildSpec => ({
  name: "runner",
  args: ours("runner-process.ts"),
  env: {
    DATABASE_URL: databaseUrl,
    DEMO_VENUE_ID: venueId,
    DEMO_MARKET_URL: `http://127.0.0.1:${marketPort}`,
  },
  isReady,
});

/** `next start`, or `next dev`. It says "Ready in ..." when it listens. */
export const appSpec = ({ databaseUrl, authSecret }: Handover, { isDev, port }: StartOptions): ChildSpec => ({
  name: "app",
  args: [
    "--import",
    path.join(PROJECT_FOLDER, "scripts", "start", "die-with-parent.mjs"),
    path.join(PROJECT_FOLDER, "node_modules", "next", "dist", "bin", "next"),
    isDev ? "dev" : "start",
    "--hostname",
    "127.0.0.1",
    "--port",
    String(port),
  ],
  env: {
    START_COMMAND_PID: String(process.pid),
    DATABASE_URL: process.env["DATABASE_URL"] || databaseUrl,
    NODE_ENV: isDev ? "development" : "production",
    NEXTAUTH_SECRET: process.env["NEXTAUTH_SECRET"] || authSecret,
    NEXTAUTH_URL: process.env["NEXTAUTH_URL"] || `http://localhost:${port}`,
  },
  isReady: (line) => line.includes("Ready in"),
});
