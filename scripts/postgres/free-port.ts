import { createServer } from "node:net";

/** A TCP port of 127.0.0.1 that nobody used a moment ago: whoever takes it must be ready to lose it. */
export const findFreePort = async (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => {
        if (address !== null && typeof address === "object") resolve(address.port);
        else reject(new Error("The system gave no TCP port on 127.0.0.1."));
      });
    });
  });
