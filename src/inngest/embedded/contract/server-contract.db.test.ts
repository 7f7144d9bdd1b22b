import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { serve } from "inngest/node";
import { describe, it } from "vitest";
import { createInngestClient, type InngestMode } from "../../client";
import type { Backend } from "./backend";
import { QUIET } from "./quiet";
import { describeRunnerContract } from "./runner-contract";

const baseUrl = process.env["INNGEST_BASE_URL"];
const signingKey = process.env["INNGEST_SIGNING_KEY"];
const eventKey = process.env["INNGEST_EVENT_KEY"];

/** Functions behind a port of this machine; the server is told of them as in any deployment. */
const openServerBackend = async (mode: InngestMode): Promise<Backend> => {
  const client = createInngestClient(mode, QUIET);
  const http = createServer();
  return {
    client,
    patienceMs: 150_000,
    serve: async (functions) => {
      http.on("request", serve({ client, functions }));
      await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
      const { port } = http.address() as AddressInfo;
      const answer = await fetch(`http://127.0.0.1:${port}/api/inngest`, { method: "PUT" });
      if (!answer.ok) throw new Error(`The Inngest server did not take the functions: ${await answer.text()}`);
    },
    close: () =>
      new Promise((resolve) => {
        http.close(() => resolve());
        http.closeAllConnections();
      }),
  };
};

describe("the runner contract, on a real Inngest server", () => {
  if (baseUrl === undefined || baseUrl === "") {
    it.skip("skipped: set INNGEST_BASE_URL (and its keys, when it runs with keys) to check against a server", () => {});
    return;
  }
  const mode: InngestMode =
    signingKey && eventKey ? { kind: "selfhosted", baseUrl, signingKey, eventKey } : { kind: "dev", baseUrl };
  describeRunnerContract(() => openServerBackend(mode));
});
