import { createInngestClient, type InngestMode } from "../../client";
import { registerApp } from "../../endpoint/register-app";
import { createEndpoint } from "../../hosted";
import type { Backend } from "./backend";
import { QUIET } from "./quiet";
import { serveEndpoint, type ServedEndpoint } from "./serve-endpoint";

export type ServerOptions = {
  readonly mode: Exclude<InngestMode, { kind: "embedded" }>;
  /** Never the product's app id: registering replaces all functions of an app. */
  readonly appId: string;
  /** The address of this machine at which the server calls the functions. */
  readonly host: string;
};

/** An Inngest server, and functions behind the product's own endpoint on a port of this machine. */
export const openServerBackend = ({ mode, appId, host }: ServerOptions): Backend => {
  const client = createInngestClient(mode, { ...QUIET, appId });
  let served: ServedEndpoint | undefined;
  return {
    client,
    patienceMs: 240_000,
    retryAfterEarlyMs: 1010,
    serve: async (functions) => {
      served = await serveEndpoint(host, (origin) => createEndpoint({ client, functions, mode, origin }));
      const signingKey = mode.kind === "dev" ? undefined : mode.signingKey;
      await registerApp({ url: `${served.origin}/api/inngest`, signingKey, nowMs: Date.now() });
    },
    close: async () => served?.close(),
  };
};
