import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, it } from "vitest";
import { findModel } from "~/trading/model/find-model";
import type { ModelOutcome } from "~/trading/model/model-call";
import { createMessagesModel } from "./create-messages-model";

const MOST = 10_000;
const REQUEST = {
  system: "You trade.",
  blocks: ["| pair | close |"],
  tool: { name: "submit", description: "Your decisions.", inputSchema: { type: "object" } },
  outputTokensMax: 100,
} as const;

let server: Server | undefined;
afterEach(() => server?.close());

type Answer = { readonly status?: number; readonly headers?: Record<string, string>; readonly withinMs?: number };

/** What comes of an answer of these bytes. */
const askWith = async (
  body: Buffer,
  { status = 200, headers = {}, withinMs = 20_000 }: Answer = {},
): Promise<ModelOutcome> => {
  server = createServer((_request, response) => response.writeHead(status, headers).end(body)).listen(0, "127.0.0.1");
  await once(server, "listening");
  const endpoint = {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    keyHeader: "bearer",
    apiVersion: "2023-06-01",
    key: null,
  } as const;
  const model = createMessagesModel({ endpoint, model: findModel("ollama", "any"), replyBytesMax: MOST });
  return model.ask(REQUEST, withinMs);
};

const bodyWith = (text: Buffer): Buffer =>
  Buffer.concat([
    Buffer.from('{"type":"message","model":"m","stop_reason":"end_turn","content":[{"type":"text","text":"'),
    text,
    Buffer.from('"}]}'),
  ]);

it("a body of bytes that are no letters is as long as what is kept of it", async () => {
  expect(await askWith(bodyWith(Buffer.alloc(MOST / 2, 0xff)))).toMatchObject({
    outcome: "lost",
    fault: "lost-too-large",
  });
});

it("a few of them are read as what nobody can read", async () => {
  const outcome = await askWith(bodyWith(Buffer.alloc(100, 0xff)));
  expect(outcome).toMatchObject({
    outcome: "replied",
    reply: { raw: expect.stringContaining(`"text":"${"\uFFFD".repeat(100)}"`) },
  });
});

it("one that asks to wait until there is too little time to be heard is not asked again", async () => {
  const late = { status: 429, headers: { "retry-after": "1" }, withinMs: 1300 };
  expect(await askWith(Buffer.from("{}"), late)).toMatchObject({ outcome: "refused", fault: "refused-rate", tries: 1 });
});
