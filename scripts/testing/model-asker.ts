/** Asks a cycle's model in a process of its own, which stands still at one statement for a test to kill it there. */
import { createRuntime } from "../../src/server/runtime";
import { askModel } from "../../src/server/cycle/ask-model";
import type { CycleRef } from "../../src/server/cycle/cycle-ref";
import { interceptStatements } from "../../src/server/testing/intercept-statements";
import { modelSettingsAt } from "./model-settings-at";

/** `pattern`: of the statement; `when`: before it is sent, after it was done, or before the one that follows it. */
export type KillPoint = { readonly pattern: string; readonly nth: number; readonly when: "before" | "after" | "next" };

/** What the process is told, as JSON. */
export type AskerOrder = {
  readonly databaseUrl: string;
  readonly modelUrl: string;
  readonly cycle: CycleRef;
  readonly wallNow: number;
  readonly stop: KillPoint | null;
};

const { databaseUrl, modelUrl, cycle, wallNow, stop } = JSON.parse(process.argv[2] ?? "") as AskerOrder;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** For ever, so that only a signal ends the process. */
const standStill = (): Promise<never> => {
  say("reached");
  setInterval(() => undefined, 1000);
  return new Promise(() => undefined);
};

const startedAt = Date.now();
const models = modelSettingsAt(modelUrl);
const runtime = createRuntime({ databaseUrl, models, wallNow: () => wallNow + Date.now() - startedAt });
let seen = 0;
let isNext = false;
const db = interceptStatements(runtime.db, async (text, run) => {
  if (isNext) await standStill();
  const isIt = stop !== null && new RegExp(stop.pattern).test(text) && ++seen === stop.nth;
  if (!isIt) return run();
  if (stop.when === "before") await standStill();
  const done = await run();
  if (stop.when === "after") await standStill();
  isNext = true;
  return done;
});
const asked = await askModel({ ...runtime, db, models }, cycle);
say(`ended ${JSON.stringify(asked)}`);
await runtime.close();
