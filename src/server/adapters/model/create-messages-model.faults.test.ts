import { once } from "node:events";
import { createServer as createHttpServer } from "node:http";
import { createServer, type AddressInfo, type Server } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import type { ModelOutcome, ModelRequest } from "~/trading/model/model-call";
import type { ModelFault } from "~/trading/model/model-fault";
import { findModel } from "~/trading/model/find-model";
import type { Behaviour } from "../../../../simulators/messages/behaviour";
import {
  createMessagesSimulator,
  type MessagesSimulator,
} from "../../../../simulators/messages/create-messages-simulator";
import {
  failWith,
  redirectTo,
  refuseCredit,
  refuseKey,
  refuseModel,
  refuseOverloaded,
  refusePermission,
  refuseRate,
  refuseRequest,
  tellError,
  type MessagesAnswer,
} from "../../../../simulators/messages/messages-answer";
import { createMessagesModel } from "./create-messages-model";

const CANARY = "sk-canary-4f1d0c9b7a6e5d3c2b1a";
/** Long enough for a machine that is busy with other tests. */
const WITHIN_MS = 20_000;
/** For faults that only the deadline ends. */
const SHORT_MS = 3000;

const REQUEST: ModelRequest = {
  system: "You trade.",
  blocks: ["| pair | close | EMA50 |\n| --- | --- | --- |\n| BTC/USDT | 65000 | 64000 |"],
  tool: { name: "submit", description: "Your decisions.", inputSchema: { type: "object" } },
  outputTokensMax: 1000,
};

let simulator: MessagesSimulator;
beforeAll(async () => {
  simulator = await createMessagesSimulator();
});
afterAll(() => simulator.close());

const modelAt = (baseUrl: string, key = CANARY) =>
  createMessagesModel({
    endpoint: { baseUrl, keyHeader: "bearer", apiVersion: "2026-10-21", key },
    model: findModel("anthropic", "claude-haiku-4-5"),
    replyBytesMax: 100_000,
  });

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

const turnedAway = (answer: MessagesAnswer): Behaviour => ({ kind: "turned-away", answer });
const failed = (answer: MessagesAnswer): Behaviour => ({ kind: "failed", answer });

type Ended = { readonly outcome: ModelOutcome; readonly sent: number; readonly mayBePaid: number };

const askThrough = async (behaviours: readonly Behaviour[], withinMs = WITHIN_MS): Promise<Ended> => {
  const before = simulator.requests().length;
  simulator.script(...behaviours);
  const outcome = await modelAt(simulator.baseUrl).ask(REQUEST, withinMs);
  const seen = simulator.requests().slice(before);
  return { outcome, sent: seen.length, mayBePaid: seen.filter((request) => request.mayBePaid).length };
};

const faultOf = (outcome: ModelOutcome): ModelFault | "replied" =>
  outcome.outcome === "replied" ? "replied" : outcome.fault;

/** Nothing that anybody may get to see has the key, in whatever way it is looked at. */
const expectNoKey = (value: unknown): void => {
  const shown = `${JSON.stringify(value)} ${String(value)}`;
  expect(shown).not.toContain(CANARY);
  expect(shown).not.toContain(CANARY.slice(-8));
};

const printed = vi.spyOn(console, "warn");
const spies = [
  printed,
  ...(["log", "info", "error", "debug"] as const).map((name) => vi.spyOn(console, name)),
  vi.spyOn(process.stdout, "write"),
  vi.spyOn(process.stderr, "write"),
];
afterEach(() => {
  for (const spy of spies) expectNoKey(spy.mock.calls);
});
afterAll(() => {
  for (const spy of spies) spy.mockRestore();
});

describe("what a vendor turns away cannot have been paid", () => {
  it.each<[what: string, MessagesAnswer, ModelFault, says: RegExp]>([
    ["400", refuseRequest("max_tokens: too many"), "refused-request", /“max_tokens: too many”/],
    ["400 without credit", refuseCredit(), "refused-credit", /Add some/],
    ["402", tellError(402, "Insufficient Balance"), "refused-credit", /Add some/],
    ["401", refuseKey(), "refused-key", /Check the key/],
    ["403", refusePermission(), "refused-forbidden", /Ask for access/],
    ["404", refuseModel("claude-x"), "refused-not-found", /“model: claude-x”/],
    ["413", tellError(413, "too large"), "refused-request", /“too large”/],
    ["a redirect", redirectTo("http://127.0.0.1:1/elsewhere"), "refused-address", /leads elsewhere/],
  ])("%s: asked once, and told why", async (_what, answer, fault, says) => {
    const { outcome, sent, mayBePaid } = await askThrough([turnedAway(answer)]);
    expect(outcome).toMatchObject({ outcome: "refused", fault, tries: 1, reason: expect.stringMatching(says) });
    expect(outcome.requestId).toMatch(/^req_/);
    expect([sent, mayBePaid]).toEqual([1, 0]);
    expectNoKey(outcome);
  });

  it.each<[what: string, MessagesAnswer, ModelFault]>([
    ["429", refuseRate("0"), "refused-rate"],
    ["529", refuseOverloaded(), "refused-overloaded"],
  ])("%s is asked a second time, and answered then", async (_what, answer, fault) => {
    const good = await askThrough([turnedAway(answer)]);
    expect([faultOf(good.outcome), good.outcome.tries, good.sent, good.mayBePaid]).toEqual(["replied", 2, 2, 1]);
    const twice = await askThrough([turnedAway(answer), turnedAway(answer)]);
    expect([faultOf(twice.outcome), twice.outcome.tries, twice.sent, twice.mayBePaid]).toEqual([fault, 2, 2, 0]);
    expectNoKey(twice.outcome);
  });

  it("429 is asked again when the vendor says, and not before", async () => {
    const { outcome } = await askThrough([turnedAway(refuseRate("1"))]);
    expect(faultOf(outcome)).toBe("replied");
    expect(outcome.latencyMs).toBeGreaterThanOrEqual(1000);
  });

  it("429 that asks to wait beyond the deadline ends at once", async () => {
    const { outcome, sent } = await askThrough([turnedAway(refuseRate("60"))]);
    expect(outcome).toMatchObject({ outcome: "refused", fault: "refused-rate", tries: 1 });
    expect(outcome.latencyMs).toBeLessThan(WITHIN_MS);
    expect(sent).toBe(1);
  });

  it("a port where nobody listens is tried twice, and named as what cannot be reached", async () => {
    const gone = await createMessagesSimulator();
    await gone.close();
    const outcome = await modelAt(gone.baseUrl).ask(REQUEST, WITHIN_MS);
    expect(outcome).toMatchObject({ outcome: "refused", fault: "refused-unreachable", tries: 2, requestId: null });
    expectNoKey(outcome);
  });

  it.each(["http://nobody.invalid", "http://127.0.0.1:1"])("%s cannot be reached either", async (address) => {
    const outcome = await modelAt(address).ask(REQUEST, WITHIN_MS);
    expect(faultOf(outcome)).toBe("refused-unreachable");
  });

  it("no time is no question", async () => {
    const { outcome, sent } = await askThrough([], 0);
    expect(outcome).toMatchObject({ outcome: "refused", fault: "refused-no-time", tries: 0 });
    expect(sent).toBe(0);
  });
});

describe("what may have been paid is lost, and never sent again", () => {
  it.each<[what: string, Behaviour, ModelFault, withinMs?: number]>([
    ["500", failed(failWith(500)), "lost-server"],
    ["503", failed(failWith(503)), "lost-server"],
    ["504", failed(failWith(504)), "lost-server"],
    ["408", failed(failWith(408)), "lost-server"],
    ["409", failed(failWith(409)), "lost-server"],
    ["303", failed(failWith(303)), "lost-server"],
    ["418", failed(failWith(418)), "lost-server"],
    ["no header", { kind: "silence" }, "lost-time", SHORT_MS],
    ["a body that drips", { kind: "dripping-body" }, "lost-time", SHORT_MS],
    ["a body without end", { kind: "endless-body" }, "lost-too-large"],
    ["a page", { kind: "page" }, "lost-not-a-reply"],
    ["other JSON", { kind: "other-json" }, "lost-not-a-reply"],
    ["cut JSON", { kind: "cut-json" }, "lost-cut"],
    ["a reset", { kind: "reset" }, "lost-connection"],
    ["a body that breaks off", { kind: "broken-body" }, "lost-connection"],
  ])("%s", async (_what, behaviour, fault, withinMs = WITHIN_MS) => {
    const startedAt = performance.now();
    const { outcome, sent, mayBePaid } = await askThrough([behaviour], withinMs);
    expect(outcome).toMatchObject({ outcome: "lost", fault, tries: 1 });
    expect(outcome).toMatchObject({ reason: expect.stringContaining("It may have been charged") });
    expect([sent, mayBePaid]).toEqual([1, 1]);
    expect(performance.now() - startedAt).toBeLessThan(withinMs + 5000);
    expectNoKey(outcome);
  });

  it("a second try that is lost is lost, though the first was turned away", async () => {
    const { outcome, mayBePaid } = await askThrough([turnedAway(refuseOverloaded()), failed(failWith(500))]);
    expect(outcome).toMatchObject({ outcome: "lost", fault: "lost-server", tries: 2 });
    expect(mayBePaid).toBe(1);
  });

  it("a server that takes the request and closes without a word", async () => {
    const server = createServer((socket) => socket.once("data", () => socket.end()));
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const outcome = await modelAt(`http://127.0.0.1:${portOf(server)}`).ask(REQUEST, WITHIN_MS);
    expect(outcome).toMatchObject({ outcome: "lost", fault: "lost-connection", tries: 1 });
    server.close();
  });
});

describe("a key is shown nowhere", () => {
  it.each<[what: string, string]>([
    ["whole", `Incorrect API key provided: ${CANARY}.`],
    ["in part", `Authentication Fails, Your api key: ****${CANARY.slice(-8)} is invalid`],
    ["in capitals", `no such key ${CANARY.toUpperCase()}`],
  ])("when an error repeats it %s", async (_what, message) => {
    const { outcome } = await askThrough([turnedAway(tellError(401, message))]);
    expect(outcome).toMatchObject({ outcome: "refused", fault: "refused-key" });
    expect(JSON.stringify(outcome).toLowerCase()).not.toContain(CANARY.slice(-8).toLowerCase());
    expect(outcome).not.toMatchObject({ reason: expect.stringContaining("The provider says") });
  });

  it("when the reply repeats it, which is then thrown away", async () => {
    const { outcome } = await askThrough([{ kind: "reply", input: { note: `Bearer ${CANARY}` } }]);
    expect(outcome).toMatchObject({ outcome: "lost", fault: "lost-key-shown" });
    expectNoKey(outcome);
  });

  it("when the request's id repeats it", async () => {
    const server = createHttpServer((_request, response) => {
      response.writeHead(401, { "request-id": `req-${CANARY}` }).end("{}");
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const outcome = await modelAt(`http://127.0.0.1:${portOf(server)}`).ask(REQUEST, WITHIN_MS);
    expect(outcome).toMatchObject({ fault: "refused-key", requestId: null });
    server.close();
  });

  it("not by an address or a key that cannot be one", () => {
    const attempts = [
      () => modelAt(`http://user:${CANARY}@127.0.0.1:1`),
      () => modelAt(`not an address ${CANARY}`),
      () => modelAt(`http://127.0.0.1:1/?key=${CANARY}`),
      () => modelAt("http://127.0.0.1:1", `${CANARY}\n`),
      () => modelAt("http://127.0.0.1:1", `"${CANARY}"`),
    ];
    for (const attempt of attempts) {
      expect(attempt).toThrow(RangeError);
      expect(attempt).not.toThrow(new RegExp(CANARY));
    }
  });
});
