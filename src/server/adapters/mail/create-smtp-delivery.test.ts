import { once } from "node:events";
import { createServer, type AddressInfo, type Server } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createSmtpDelivery } from "./create-smtp-delivery";

/** Answers as a mail server does, as far as one mail needs; refuses one recipient. */
const openMailServer = (received: string[]): Server =>
  createServer((socket) => {
    let isBody = false;
    const answers = (line: string): string => {
      if (/^(EHLO|HELO)/i.test(line)) return "250 at your service";
      if (/^RCPT TO:<nobody@/i.test(line)) return "550 no such mailbox";
      if (/^DATA/i.test(line)) return "354 go on";
      return /^QUIT/i.test(line) ? "221 bye" : "250 ok";
    };
    socket.write("220 mail\r\n");
    socket.on("error", () => undefined);
    socket.setEncoding("utf8").on("data", (chunk: string) => {
      for (const line of chunk.split("\r\n").slice(0, -1)) {
        received.push(line);
        if (isBody && line !== ".") continue;
        isBody = /^DATA/i.test(line);
        socket.write(`${answers(line)}\r\n`);
      }
    });
  });

const received: string[] = [];
const server = openMailServer(received);
let url: string;
beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  url = `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

const FROM = "0xBot <traders@example.org>";

it("a mail reaches the server from the configured sender, its link whole", async () => {
  const link = `http://localhost:3000/reset#${"x".repeat(43)}`;
  await createSmtpDelivery({ url, from: FROM })({
    to: "jane@example.org",
    subject: "Choose a new password",
    text: link,
  });
  expect(received).toContain("MAIL FROM:<traders@example.org>");
  expect(received).toContain("RCPT TO:<jane@example.org>");
  expect(received).toContain("From: 0xBot <traders@example.org>");
  expect(received.join("\n").replaceAll("=\n", "")).toContain(link);
});

it("a mail that the server refuses is a failure", async () => {
  const deliver = createSmtpDelivery({ url, from: FROM });
  await expect(deliver({ to: "nobody@example.org", subject: "s", text: "t" })).rejects.toThrow(/550/);
});
