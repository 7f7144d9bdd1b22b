import { getEnvironment } from "../../src/env";
import { registerApp } from "../../src/inngest/endpoint/register-app";

const AGAIN_MS = 10_000;

/**
 * Tells the Inngest server of our functions, once before it returns and then, where that failed, until the server takes
 * them: it may be started after us. Returns what ends the tries.
 */
export const keepRegistering = async ({
  port,
  say,
}: {
  readonly port: number;
  readonly say: (text: string) => void;
}): Promise<() => Promise<void>> => {
  const url = `http://127.0.0.1:${port}/api/inngest`;
  const signingKey = getEnvironment().INNGEST_SIGNING_KEY;
  let timer: NodeJS.Timeout | undefined;
  let hasEnded = false;
  let told: string | undefined;
  const attempt = async (): Promise<void> => {
    try {
      await registerApp({ url, signingKey, nowMs: Date.now() });
      say("the Inngest server has taken the functions");
    } catch (error) {
      const trouble = error instanceof Error ? error.message : String(error);
      if (trouble !== told) say(`no bot trades yet, it is tried again each ${AGAIN_MS / 1000} s: ${trouble}`);
      told = trouble;
      if (!hasEnded) timer = setTimeout(() => void attempt(), AGAIN_MS);
    }
  };
  await attempt();
  return () => {
    hasEnded = true;
    clearTimeout(timer);
    return Promise.resolve();
  };
};
