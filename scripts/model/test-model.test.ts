import { afterAll, beforeAll, expect, it } from "vitest";
import { createMessagesSimulator, type MessagesSimulator } from "../../simulators/messages/create-messages-simulator";
import { refuseKey, refuseOverloaded } from "../../simulators/messages/messages-answer";
import { installed, runCommand } from "../run-command";

const KEY = "sk-canary-4f1d0c9b7a6e5d3c2b1a";

let simulator: MessagesSimulator;
beforeAll(async () => {
  simulator = await createMessagesSimulator({ keys: [KEY] });
});
afterAll(() => simulator.close());

const HAIKU = ["--provider", "anthropic", "--model", "claude-haiku-5-5"];

const testModel = (args: readonly string[], key = KEY) =>
  runCommand([installed("tsx"), "scripts/test-model.ts", ...HAIKU, ...args], { env: { ANTHROPIC_API_KEY: key } });

it("a model that answers is shown with its tokens, its cost and its time", async () => {
  const { code, output } = await testModel(["--base-url", simulator.baseUrl]);
  expect(output.split("\n")).toEqual([
    expect.stringMatching(/^claude-haiku-5-5 of Anthropic, at 127\.0\.0\.1:\d+, for at most \$0\.001\d+:$/),
    "  served by  claude-haiku-5-5",
    "  answer     BTC/USDT long, ETH/USDT short: right",
    // 218 x 0.10 and 79 x 0.50 dollars per million.
    "  tokens     218 in, 0 read from and 0 written to the cache, 79 out",
    "  cost       $0.0000613",
    expect.stringMatching(/^ {2}time {7}\d+\.\d\d s, 1 request, req_\w+$/),
    "",
  ]);
  expect(code).toBe(0);
});

it("a model that does not answer is a failure that says what to do, and never the key", async () => {
  const before = simulator.requests().length;
  const wrong = `${KEY}x`;
  const { code, output } = await testModel(["--base-url", simulator.baseUrl], wrong);
  expect(output).toMatch(/no reply {3}The key was not accepted\. Check the key/);
  expect(output).not.toContain(KEY);
  expect([code, simulator.requests().length - before]).toEqual([1, 1]);
  simulator.script({ kind: "turned-away", answer: refuseOverloaded() }, { kind: "turned-away", answer: refuseKey() });
  expect((await testModel(["--base-url", simulator.baseUrl])).output).toMatch(/time .* 2 requests/);
});

it("needs no key for the simulator, and names the variable where it needs one", async () => {
  expect(await testModel(["--simulator"], "")).toMatchObject({ code: 0, output: expect.stringMatching(/: right/) });
  expect(await testModel([], "")).toMatchObject({
    code: 1,
    output: "Set ANTHROPIC_API_KEY to your key of Anthropic.\n",
  });
});
