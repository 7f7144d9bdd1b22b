import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { createJournal, type Backend } from "./backend";
import { createContractFunctions } from "./contract-functions";
import { createGates } from "./contract-setting";

const instant = (line: string | undefined): number => Number(line?.replace("at ", ""));

/** What every backend does in the same way. The tests share one backend; each has keys of its own. */
export const describeRunnerContract = (openBackend: () => Promise<Backend>): void => {
  const journal = createJournal();
  const gates = createGates();
  const run = crypto.randomUUID();
  let backend: Backend;

  beforeAll(async () => {
    backend = await openBackend();
    await backend.serve(createContractFunctions({ client: backend.client, journal, gates }));
  });
  afterAll(() => backend.close());

  const send = (name: string, key: string, more: { id?: string; ts?: number } = {}) =>
    backend.client.send({ name: `contract/${name}`, data: { key: `${key}-${run}` }, ...more });
  const lines = (key: string): string[] => journal.of(`${key}-${run}`);
  const eventually = (check: () => void): Promise<void> =>
    vi.waitFor(check, { timeout: backend.patienceMs, interval: 20 });
  /** Once the plain function has run, every event sent before it has been handled. */
  const settle = async (key: string): Promise<void> => {
    await send("plain", `${key}-sentinel`);
    await eventually(() => expect(lines(`${key}-sentinel`)).toHaveLength(1));
  };

  it("retries a step until it succeeds, and only that step", async () => {
    await send("flaky", "flaky");
    await eventually(() => expect(lines("flaky")).toEqual(["attempt", "attempt", "attempt", "after 3"]));
  });

  it("lets the function catch a step that failed for good", async () => {
    await send("catching", "catching");
    await eventually(() => expect(lines("catching")).toEqual(["caught one"]));
  });

  it("runs parallel steps once each and joins them", async () => {
    await send("parallel", "parallel");
    await eventually(() => expect(lines("parallel")).toHaveLength(3));
    expect(lines("parallel").slice(0, 2).toSorted()).toEqual(["left", "right"]);
    expect(lines("parallel")[2]).toBe("left+right");
  });

  it("sleeps at least as long as asked", async () => {
    await send("sleeping", "sleeping");
    await eventually(() => expect(lines("sleeping")).toHaveLength(2));
    const [before, after] = lines("sleeping").map(instant);
    expect((after ?? 0) - (before ?? 0)).toBeGreaterThanOrEqual(990);
  });

  it("delivers an event sent by a step", async () => {
    await backend.client.send({ name: "contract/sending", data: { key: `sending-${run}` } });
    await eventually(() => expect(journal.of(`sending-${run}-passed-on`)).toHaveLength(1));
  });

  it("skips a singleton's event while a run with its key is going, and takes the next one", async () => {
    await send("alone", "alone");
    await eventually(() => expect(lines("alone")).toEqual(["started"]));
    await send("alone", "alone");
    await settle("alone");
    gates.open(`alone-${run}`);
    await eventually(() => expect(lines("alone")).toEqual(["started", "ended"]));
    await vi.waitFor(
      async () => {
        await send("alone", "alone");
        await settle(crypto.randomUUID());
        expect(lines("alone").slice(0, 4)).toEqual(["started", "ended", "started", "ended"]);
      },
      { timeout: backend.patienceMs },
    );
  });

  it("cancels the run with the same key, and no other", async () => {
    await send("cancellable", "cancelled");
    await eventually(() => expect(lines("cancelled")).toEqual(["before"]));
    await send("cancel", "cancelled");
    await send("cancellable", "kept");
    await eventually(() => expect(lines("kept")).toEqual(["before", "after"]));
    expect(lines("cancelled")).toEqual(["before"]);
  });

  it("calls onFailure with the error and the event when the attempts are used up", async () => {
    await send("failing", "failing");
    await eventually(() => expect(lines("failing")).toEqual(["attempt", "attempt", "handled nope"]));
  });

  it("does not retry a NonRetriableError", async () => {
    await send("non-retriable", "final");
    await eventually(() => expect(lines("final")).toEqual(["attempt", "handled"]));
  });

  it("waits as long as a RetryAfterError asks", async () => {
    await send("retry-after", "later");
    await eventually(() => expect(lines("later")[2]).toBe("after"));
    const [first, second] = lines("later").map(instant);
    expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(2000 - backend.retryAfterEarlyMs);
  });

  it("starts the run of a future ts not before that time", async () => {
    const ts = Date.now() + 1500;
    await send("plain", "future", { ts });
    await eventually(() => expect(lines("future")).toHaveLength(1));
    expect(instant(lines("future")[0])).toBeGreaterThanOrEqual(ts);
  });

  it("runs once for an event id sent twice", async () => {
    const id = `once-${run}`;
    await send("plain", "once", { id });
    await send("plain", "once", { id });
    await settle("once");
    expect(lines("once")).toHaveLength(1);
  });

  it("takes the same id under another name for another event", async () => {
    const id = `shared-${run}`;
    await send("plain", "shared", { id });
    await send("other", "shared", { id });
    await send("other", "shared", { id });
    await eventually(() => expect(lines("shared").toSorted()).toEqual([expect.stringMatching(/^at /), "other"]));
    await settle("shared");
    expect(lines("shared")).toHaveLength(2);
  });
};
