import { holdLittle } from "../../src/supervisor/hold-little.mjs";
import { describeFailure } from "./describe-failure";
import { createPhases } from "./phases";
import { parseStartOptions } from "./start-options";
import { startProduct } from "./start-product";
import { createTeardown } from "./teardown";

const say = (text: string): void => void process.stdout.write(`${text}\n`);
const teardown = createTeardown(say);
const phases = createPhases(say);

for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => teardown.end(0));

holdLittle();
try {
  const options = parseStartOptions(process.argv.slice(2), process.env);
  // Before this program: the database's client and the programs, made where they were missing.
  phases.tell("client", 0);
  await startProduct(options, { say, phases, teardown });
} catch (error) {
  if (!teardown.isEnding()) {
    process.stderr.write(`${describeFailure(error)}\n`);
    teardown.end(1);
  }
}
