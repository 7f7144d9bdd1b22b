import { createServer } from "node:net";
import { StartError } from "./start-error";

/** Throws StartError when another program listens on this port of 127.0.0.1. */
export const checkPort = (port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => {
      const reason = error.code === "EADDRINUSE" ? "is in use by another program" : `cannot be used (${error.code})`;
      reject(
        new StartError(`Port ${port} ${reason}. Stop that program, or choose another port: PORT=${port + 1} npm start`),
      );
    });
    server.listen(port, "127.0.0.1", () => server.close(() => resolve()));
  });
