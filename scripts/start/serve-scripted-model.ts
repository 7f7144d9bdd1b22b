import { createServer } from "node:http";
import { closeServer, listenLocally } from "../../simulators/local-server";
import type { MessagesApi } from "../../simulators/messages/create-messages-api";

/** Of wall time: how long a prompt is kept is counted by it. */
const openApi = async (): Promise<MessagesApi> => {
  const { createMessagesApi } = await import("../../simulators/messages/create-messages-api");
  return createMessagesApi({ vendor: "scripted", now: () => Date.now(), rememberedMax: 0 });
};

/**
 * Serves the scripted model on 127.0.0.1, loaded when it is first asked and remembering nothing of what it was. Port 0:
 * any free one. Rejects when the port is taken.
 */
export const serveScriptedModel = async (
  port: number,
): Promise<{ readonly baseUrl: string; close(): Promise<void> }> => {
  let opening: Promise<MessagesApi> | undefined;
  const server = createServer((request, response) => {
    opening ??= openApi();
    opening.then((api) => api.answer(request, response)).catch(() => response.destroy());
  });
  const listening = await listenLocally(server, port);
  return { baseUrl: `http://127.0.0.1:${listening}`, close: () => closeServer(server) };
};
