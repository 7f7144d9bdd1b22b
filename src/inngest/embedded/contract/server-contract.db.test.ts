import { describe, it } from "vitest";
import { getEnvironment } from "~/env";
import { chooseInngestMode } from "../../client";
import { describeBotCycle } from "./bot-cycle-contract";
import { describeRunnerContract } from "./runner-contract";
import { openServerBackend } from "./server-backend";

const refuse = (): Promise<Response> => Promise.reject(new Error("a server executes, not this process"));
const mode = chooseInngestMode(getEnvironment(), refuse);
const host = process.env["INNGEST_CHECK_HOST"] ?? "127.0.0.1";

if (mode.kind === "embedded") {
  it.skip("a real Inngest server is checked by npm run inngest:check, with RUNNER=inngest and its settings", () => {});
} else {
  describe("the runner contract, on a real Inngest server", () => {
    describeRunnerContract(() => Promise.resolve(openServerBackend({ mode, appId: "0xbot-check", host })));
  });
  describe("a bot's cycle, on a real Inngest server", () => {
    describeBotCycle(() => Promise.resolve(openServerBackend({ mode, appId: "0xbot-check-cycle", host })));
  });
}
