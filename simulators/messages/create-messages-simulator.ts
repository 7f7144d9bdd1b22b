import { createServer } from "node:http";
import { closeServer, listenLocally } from "../local-server";
import { createMessagesApi, type MessagesApi, type MessagesApiOptions } from "./create-messages-api";

export type MessagesSimulatorOptions = MessagesApiOptions & {
  /** 0 or none: any free port. */
  readonly port?: number;
};

export type MessagesSimulator = Pick<MessagesApi, "script" | "requests"> & {
  /** Without /v1. */
  readonly baseUrl: string;
  readonly port: number;
  close(): Promise<void>;
};

/** The simulated Messages API over HTTP on 127.0.0.1. Rejects when the port is taken. */
export const createMessagesSimulator = async (options: MessagesSimulatorOptions = {}): Promise<MessagesSimulator> => {
  const { answer, ...api } = createMessagesApi(options);
  const server = createServer(answer);
  const port = await listenLocally(server, options.port ?? 0);
  return { ...api, baseUrl: `http://127.0.0.1:${port}`, port, close: () => closeServer(server) };
};
