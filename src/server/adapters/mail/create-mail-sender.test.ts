import { describe, expect, it } from "vitest";
import { createMailSender, type OutgoingMail } from "./create-mail-sender";

const mailTo = (to: string): OutgoingMail => ({ to, subject: "s", text: "t" });

const openSender = () => {
  const [sent, failures]: [string[], unknown[]] = [[], []];
  const sender = createMailSender({
    deliver: async ({ to }) => {
      await Promise.resolve();
      if (to === "broken") throw new Error("the server hung up");
      sent.push(to);
    },
    onFailure: (error) => void failures.push(error),
  });
  return { sender, sent, failures };
};

describe("mail", () => {
  it("is composed and sent after its poster went on, in the order of posting", async () => {
    const { sender, sent } = openSender();
    for (const to of ["a", "b", "c"]) sender.post(() => Promise.resolve(mailTo(to)));
    expect(sent).toEqual([]);
    await sender.settled();
    expect(sent).toEqual(["a", "b", "c"]);
  });

  it("for nobody is not sent, and what fails is reported and holds up nothing after it", async () => {
    const { sender, sent, failures } = openSender();
    sender.post(() => Promise.resolve(null));
    sender.post(() => Promise.reject(new Error("no database")));
    sender.post(() => Promise.resolve(mailTo("broken")));
    sender.post(() => Promise.resolve(mailTo("last")));
    await sender.settled();
    expect([sent, failures.map(String)]).toEqual([["last"], ["Error: no database", "Error: the server hung up"]]);
  });
});
