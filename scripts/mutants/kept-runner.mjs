import { strykerPlugins as vitestPlugins } from "@stryker-mutator/vitest-runner";
import { KeptThread } from "./kept-thread.mjs";
import { createNearestFirst } from "./nearest-first.mjs";

/** So many runs one thread serves: whatever mutants did to the fixtures it holds goes with it. */
const RUNS_MAX = 50;

/** Lets the runner's vitest, its `ctx`, use a thread that is kept and test files in our order. Returns how to end the thread. */
const adapt = ({ ctx }, order) => {
  let thread = null;
  const createPoolWorker = (options) => (thread ??= new KeptThread(options));
  ctx.config.sequence.sequencer = order;
  const pool = { pool: "kept", poolRunner: { name: "kept", createPoolWorker } };
  for (const { config } of ctx.projects) Object.assign(config, pool);
  return async () => thread?.end();
};

const hasFailed = ({ result }) => result?.state === "fail";

/** A file that cannot be loaded fails without a case, of which Stryker hears nothing; no file after it is run. */
const killedByLoading = ({ nrOfTests }) => ({
  status: "killed",
  failureMessage: "a test file could not be loaded",
  killedBy: [],
  nrOfTests,
});

/**
 * Stryker's runner for vitest, but for two things: a mutant that is only reached by running tests needs no thread of
 * its own, and the test files nearest to the mutant run first, since the first failure ends its run.
 */
const createKeptRunner = (injector) => {
  const runner = injector.injectFunction(vitestPlugins[0].factory);
  const nearestFirst = createNearestFirst();
  let endThread = null;
  let runs = 0;

  const run = async (options) => {
    const result = await runner.mutantRun(options);
    const files = runner.ctx.state.getFiles();
    nearestFirst.learn(files);
    return result.status === "survived" && files.some(hasFailed) ? killedByLoading(result) : result;
  };
  const runAlone = async (options) => {
    await endThread();
    const result = await run(options);
    await endThread();
    runs = 0;
    return result;
  };
  const runKept = async (options) => {
    if (runs >= RUNS_MAX) await endThread();
    runs = runs >= RUNS_MAX ? 1 : runs + 1;
    const result = await run(options);
    // Not noticed by what earlier ones left behind, perhaps.
    return result.status === "survived" ? runAlone(options) : result;
  };

  return {
    capabilities: () => runner.capabilities(),
    init: async () => {
      await runner.init();
      endThread = adapt(runner, nearestFirst.Sequencer);
    },
    dryRun: async (options) => {
      const result = await runner.dryRun(options);
      await endThread();
      nearestFirst.learn(runner.ctx.state.getFiles());
      return result;
    },
    mutantRun: (options) => {
      nearestFirst.start(options.sandboxFileName);
      return options.reloadEnvironment ? runAlone(options) : runKept(options);
    },
    dispose: async () => {
      await endThread?.();
      await runner.dispose();
    },
  };
};
createKeptRunner.inject = ["$injector"];

export const keptRunnerPlugin = { kind: "TestRunner", name: "kept", factory: createKeptRunner };
