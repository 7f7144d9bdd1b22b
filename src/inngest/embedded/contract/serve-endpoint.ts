import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import type { Endpoint } from "../../hosted";

const toRequest = (incoming: IncomingMessage): Request => {
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) headers.set(name, String(value));
  const hasBody = incoming.method !== "GET";
  return new Request(`http://${incoming.headers.host}${incoming.url}`, {
    method: incoming.method ?? "GET",
    headers,
    ...(hasBody && { body: Readable.toWeb(incoming) as ReadableStream, duplex: "half" }),
  });
};

export type ServedEndpoint = { readonly origin: string; readonly close: () => Promise<void> };

/** Serves an endpoint of the product on its own port, as Next would; makes it when its origin is known. */
export const serveEndpoint = async (host: string, create: (origin: string) => Endpoint): Promise<ServedEndpoint> => {
  const http = createServer();
  await new Promise<void>((resolve) => http.listen(0, host, resolve));
  const origin = `http://${host}:${(http.address() as AddressInfo).port}`;
  const endpoint = create(origin);
  http.on("request", (incoming, outgoing) => {
    const answer = async (): Promise<void> => {
      const response = await endpoint(toRequest(incoming));
      outgoing.writeHead(response.status, Object.fromEntries(response.headers));
      outgoing.end(await response.text());
    };
    void answer();
  });
  return {
    origin,
    close: () =>
      new Promise((resolve) => {
        http.close(() => resolve());
        http.closeAllConnections();
      }),
  };
};
