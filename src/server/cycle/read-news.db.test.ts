import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import { createFileCalendar } from "../adapters/news/create-file-calendar";
import type { Runtime } from "../runtime";
import { createBooksFixture, FIRST_SLOT, HOUR_MS, type BooksFixture } from "../testing/books-fixture";
import { claimSlot, stagesOf, wishToEnter } from "../testing/cycle-fixture";

let runtime: Runtime;
let fixture: BooksFixture;
let folder: string;
openBed((bed) => ({ runtime } = bed));
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "news-"));
  fixture = await createBooksFixture(runtime, { settings: { risk: { newsBlackoutMinutes: 30 } } });
});
afterAll(() => rm(folder, { recursive: true }));

/** What the gate says to an entry of the hour under a calendar with this content; null: there is no calendar. */
const judgeUnder = async (hour: number, content: string | null) => {
  const file = path.join(folder, "news.json");
  if (content !== null) await writeFile(file, content);
  const news = createFileCalendar(() => (content === null ? undefined : file));
  const asked = { ...fixture, ports: { ...fixture.ports, news } };
  const cycle = await claimSlot(fixture, FIRST_SLOT + hour * HOUR_MS, { holder: `run-${hour}` });
  for (const stage of stagesOf(asked, wishToEnter(fixture))) await stage.run(cycle);
  const { rule, checks } = await runtime.db.verdict.findFirstOrThrow({
    where: { decision: { cycleId: cycle.cycleId } },
  });
  const found = (checks as { rule: string; outcome: string; limit: string }[]).find((check) => check.rule === "news");
  return { rule, found: found && [found.outcome, found.limit] };
};
const eventAt = (hour: number, minutes: number): string => {
  const time = new Date(FIRST_SLOT + hour * HOUR_MS + minutes * 60_000).toISOString();
  return JSON.stringify([{ title: "Fed rate decision", from: time, through: time, currencies: ["BTC"] }]);
};

describe("a bot that rests around news", () => {
  it("enters nothing while its calendar has some within its minutes, before and after", async () => {
    expect(await judgeUnder(0, eventAt(0, 30))).toEqual({ rule: "news", found: ["fail", "0 (Fed rate decision)"] });
    expect(await judgeUnder(1, eventAt(1, -30))).toEqual({ rule: "news", found: ["fail", "0 (Fed rate decision)"] });
  });

  it("is told where its calendar cannot be read, and where there is none: that stops no cycle", async () => {
    const told = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    expect((await judgeUnder(2, "[")).found).toEqual(["unknown", "its calendar cannot be read"]);
    expect(String(told.mock.calls[0]?.[0])).toContain("news calendar");
    told.mockRestore();
    expect((await judgeUnder(3, null)).found).toEqual(["unknown", "no calendar is set up"]);
  });

  it("is let pass by it at any other time", async () => {
    expect((await judgeUnder(4, eventAt(4, 31))).found).toEqual(["pass", "0"]);
  });
});
