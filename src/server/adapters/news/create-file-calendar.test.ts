import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createFileCalendar } from "./create-file-calendar";

let folder: string;
let file: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "calendar-"));
  file = path.join(folder, "news.json");
});
afterAll(() => rm(folder, { recursive: true }));

const at = (text: string): number => Date.parse(text);
const EVENT = { title: "Fed rate decision", from: "2024-01-31T19:00:00Z", through: "2024-01-31T20:00:00+01:00" };
const DAY = { from: at("2024-01-31T00:00Z"), through: at("2024-01-31T23:59Z") };
const calendar = createFileCalendar(() => file);
const write = (content: unknown) => writeFile(file, typeof content === "string" ? content : JSON.stringify(content));

describe("a calendar of news in a file", () => {
  it("gives the events that lie in the span at least in part, with times of their own zone", async () => {
    await write([
      { ...EVENT, currencies: ["btc", "USD"] },
      { ...EVENT, title: "the day before", from: "2024-01-30T10:00:00Z", through: "2024-01-30T23:59:59Z" },
      { ...EVENT, title: "over midnight", from: "2024-01-30T10:00:00Z", through: "2024-01-31T00:00:00Z" },
    ]);
    expect(await calendar.fetchEvents(DAY)).toEqual([
      {
        title: "Fed rate decision",
        from: at("2024-01-31T19:00Z"),
        through: at("2024-01-31T19:00Z"),
        currencies: ["BTC", "USD"],
      },
      { title: "over midnight", from: at("2024-01-30T10:00Z"), through: DAY.from, currencies: [] },
    ]);
  });

  it("is read anew each time, so that it can be replaced", async () => {
    await write([EVENT]);
    expect(await calendar.fetchEvents(DAY)).toHaveLength(1);
    await write([]);
    expect(await calendar.fetchEvents(DAY)).toEqual([]);
  });

  it.each<[what: string, content: unknown, fault: RegExp]>([
    ["no JSON", "{", /JSON/],
    ["no list", { events: [] }, /no calendar of news/],
    ["a time without its zone", [{ ...EVENT, from: "2024-01-31T19:00:00" }], /0\.from/],
    ["an event that ends before it begins", [{ ...EVENT, through: "2024-01-30T19:00:00Z" }], /ends before it begins/],
    ["an event without a title", [{ ...EVENT, title: " " }], /0\.title/],
    ["a word that is none of its own", [{ ...EVENT, impact: "high" }], /impact/],
  ])("that has %s cannot be read, and says where", async (_what, content, fault) => {
    await write(content);
    await expect(calendar.fetchEvents(DAY)).rejects.toThrow(fault);
  });

  it("that is missing cannot be read, and where none is named there is none", async () => {
    await expect(createFileCalendar(() => path.join(folder, "gone.json")).fetchEvents(DAY)).rejects.toThrow(/ENOENT/);
    expect(await createFileCalendar(() => undefined).fetchEvents(DAY)).toBeNull();
  });
});
