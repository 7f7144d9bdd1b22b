import { ensureClient } from "./generate-client";
import { describeFullDisk } from "./start/check-disk";
import { createPhases } from "./start/phases";
import { StartError } from "./start/start-error";
import { parseStartOptions, type StartOptions } from "./start/start-options";
import { createTeardown } from "./start/teardown";

const say = (text: string): void => void process.stdout.write(`${text}\n`);
const teardown = createTeardown(say);

const start = async (options: StartOptions): Promise<void> => {
  const phases = createPhases(say);
  await phases.run("client", ensureClient);
  // After the client exists: the database code imports it.
  const { startProduct } = await import("./start/start-product");
  await startProduct(options, { say, phases, teardown });
};

for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => teardown.end(0));

try {
  await start(parseStartOptions(process.argv.slice(2), process.env));
} catch (error) {
  if (!teardown.isEnding()) {
    const isOurs =
      error instanceof StartError || (error instanceof Error && error.message.startsWith("The environment"));
    const text = error instanceof Error ? (isOurs ? error.message : (error.stack ?? error.message)) : String(error);
    process.stderr.write(`${describeFullDisk(error) ?? text}\n`);
    teardown.end(1);
  }
}
