import type { Server } from "node:http";
import type { AddressInfo } from "node:net";

/** Opens it on 127.0.0.1 and answers its port; 0: any free one. Rejects when the port is taken. */
export const listenLocally = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
  });

/** Closes it with all connections that it has. */
export const closeServer = (server: Server): Promise<void> =>
  new Promise((resolve, reject) => {
    server.close((error) => (error === undefined ? resolve() : reject(error)));
    server.closeAllConnections();
  });
