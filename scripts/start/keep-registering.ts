import pg from "pg";
import { getEnvironment } from "../../src/env";
import { registerApp } from "../../src/inngest/endpoint/register-app";
import { connectionSettings } from "../../src/server/db/connection-settings";
import { createRawDatabase } from "../../src/server/db/raw-sql";
import { areFunctionsSilent } from "../../src/server/health/judge-beats";
import { readVitals } from "../../src/server/health/read-beats";

const AGAIN_MS = 10_000;
/** A cron of every minute writes the functions' beat, so a registration shows there after this time. */
const LOOK_EVERY_MS = 60_000;

type Telling = {
  readonly register: () => Promise<void>;
  /** Whether no function has run for a while. Rejects when the database does not answer. */
  readonly areSilent: () => Promise<boolean>;
  readonly say: (text: string) => void;
};

/**
 * Registers our functions with the Inngest server: once before it returns, then until the server accepts, and later
 * whenever they do not run, because the server may start after us or forget them at a restart. Returns a stop function.
 */
export const keepTelling = async ({ register, areSilent, say }: Telling): Promise<() => void> => {
  let timer: NodeJS.Timeout | undefined;
  let hasEnded = false;
  let told: string | undefined;
  const sayOnce = (text: string): void => {
    if (text !== told) say(text);
    told = text;
  };
  const plan = (work: () => Promise<void>, waitMs: number): void => {
    if (!hasEnded) timer = setTimeout(() => void work(), waitMs);
  };
  const attempt = async (): Promise<void> => {
    try {
      await register();
      sayOnce("the Inngest server has taken the functions");
      plan(look, LOOK_EVERY_MS);
    } catch (error) {
      const trouble = error instanceof Error ? error.message : String(error);
      sayOnce(`no bot trades, it is tried again each ${AGAIN_MS / 1000} s: ${trouble}`);
      plan(attempt, AGAIN_MS);
    }
  };
  const look = async (): Promise<void> => {
    // Without the database we know nothing, and no function could run.
    const isSilent = await areSilent().catch(() => false);
    return isSilent ? attempt() : plan(look, LOOK_EVERY_MS);
  };
  await attempt();
  return () => {
    hasEnded = true;
    clearTimeout(timer);
  };
};

type Registering = { readonly port: number; readonly databaseUrl: string; readonly say: (text: string) => void };

/** The same for the product: with the app at this port and the beats in its database. */
export const keepRegistering = async ({ port, databaseUrl, say }: Registering): Promise<() => Promise<void>> => {
  const url = `http://127.0.0.1:${port}/api/inngest`;
  const signingKey = getEnvironment().INNGEST_SIGNING_KEY;
  const pool = new pg.Pool(connectionSettings({ url: databaseUrl, poolMax: 1 }));
  pool.on("error", () => undefined);
  const db = createRawDatabase(pool);
  const end = await keepTelling({
    register: () => registerApp({ url, signingKey, nowMs: Date.now() }),
    areSilent: async () => areFunctionsSilent((await readVitals({ db })).beats),
    say,
  });
  return () => {
    end();
    return pool.end();
  };
};
