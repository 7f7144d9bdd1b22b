import { expect, it } from "vitest";
import { takeFile } from "./take-file";

const FILE = { "content-disposition": 'attachment; filename="trades-mine-20240131.csv"' };
const refusal = (status: number, message: string) => () => Response.json({ error: { message } }, { status });
const file = () => new Response("a,b\r\n", { headers: FILE });

/** A server that gives these answers in turn, and how often it and the person were asked. */
const take = (answers: readonly (() => Response)[], confirm = () => Promise.resolve()) => {
  const asked = { files: 0, confirmed: 0 };
  const taken = takeFile({
    fetchFile: () => Promise.resolve((answers[asked.files++] ?? file)()),
    confirm: () => {
      asked.confirmed += 1;
      return confirm();
    },
  });
  return { asked, taken };
};

it("gives the file whole, under the name that the server gave it", async () => {
  const { asked, taken } = take([]);
  const { name, content } = await taken;
  expect([name, await content.text()]).toEqual(["trades-mine-20240131.csv", "a,b\r\n"]);
  expect(asked).toEqual({ files: 1, confirmed: 1 });
});

it("asks for the password once more where it counts no longer by then, and no third time", async () => {
  const over = refusal(403, "Confirm your password, then do this again.");
  const late = take([over]);
  expect((await late.taken).name).toBe("trades-mine-20240131.csv");
  expect(late.asked).toEqual({ files: 2, confirmed: 2 });
  const refused = take([over, over]);
  await expect(refused.taken).rejects.toThrow("Confirm your password");
  expect(refused.asked).toEqual({ files: 2, confirmed: 2 });
});

it("asks for no file where the person declines", async () => {
  const { asked, taken } = take([], () => Promise.reject(new Error("declined")));
  await expect(taken).rejects.toThrow("declined");
  expect(asked.files).toBe(0);
});

it("tells the server's own words, and that nothing was saved of a file that broke off", async () => {
  await expect(take([refusal(429, "You made 20 exports.")]).taken).rejects.toThrow("You made 20 exports.");
  await expect(take([() => new Response("<html>", { status: 502 })]).taken).rejects.toThrow("could not be made");
  const broken = () =>
    new Response(new ReadableStream({ start: (controller) => controller.error(new Error("gone")) }), { headers: FILE });
  await expect(take([broken]).taken).rejects.toThrow("broke off");
});
