import { ThreadsPoolWorker } from "vitest/node";

/**
 * The thread that serves one run after the other: it goes on when vitest's pool ends it after a run, so that the core
 * stays loaded. To load it takes a second, and most mutants need a twentieth of that.
 */
export class KeptThread extends ThreadsPoolWorker {
  name = "kept";
  #listeners = [];
  #isRunning = false;
  #isAskedToStop = false;

  on(event, callback) {
    this.#listeners.push({ event, callback });
    super.on(event, callback);
  }

  send(message) {
    if (message.type !== "stop") return super.send(message);
    // It would hear nothing more after it: so it is answered in its stead.
    this.#isAskedToStop = true;
    queueMicrotask(() => this.#tell({ type: "stopped", __vitest_worker_response__: true }));
  }

  #tell(response) {
    for (const { event, callback } of this.#listeners) if (event === "message") callback(response);
  }

  async start() {
    if (this.#isRunning) return;
    await super.start();
    this.#isRunning = true;
  }

  /** The end of a run. Without being asked to stop it is forced to: what it does then may never end. */
  async stop() {
    for (const { event, callback } of this.#listeners) super.off(event, callback);
    this.#listeners = [];
    if (!this.#isAskedToStop) await this.end();
    this.#isAskedToStop = false;
  }

  /** Ends the thread. The next run starts another. */
  async end() {
    if (!this.#isRunning) return;
    this.#isRunning = false;
    await super.stop();
  }
}
