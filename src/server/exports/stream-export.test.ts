import { expect, it, vi } from "vitest";
import type { Cells } from "./columns";
import { streamExport } from "./stream-export";
import { createCsvWriter } from "./write-csv";
import { createJsonWriter } from "./write-json";

const COLUMNS = [{ name: "n", kind: "number" }] as const;

/** Endless pages, or so many and then a failure; tells how many were read and whether the reading was ended. */
const openPages = (failsAfter = Infinity) => {
  const seen = { pages: 0, isEnded: false };
  async function* pages(): AsyncGenerator<Cells[], void> {
    try {
      while (seen.pages < failsAfter) {
        seen.pages++;
        yield await Promise.resolve([[String(seen.pages)]]);
      }
      throw new Error("the database is gone");
    } finally {
      seen.isEnded = true;
    }
  }
  return { seen, pages: pages() };
};

it("breaks off where the reading fails, and says so to whom it concerns", async () => {
  const { pages } = openPages(2);
  const [onEnd, onFailure] = [vi.fn<() => void>(), vi.fn<() => void>()];
  const body = streamExport(pages, createJsonWriter(COLUMNS), { onEnd, onFailure });
  await expect(new Response(body).text()).rejects.toThrow("the database is gone");
  expect([onEnd.mock.calls.length, onFailure.mock.calls.length]).toEqual([1, 1]);
});

it("reads no further when its reader leaves, and frees the place", async () => {
  const { seen, pages } = openPages();
  const onEnd = vi.fn<() => void>();
  const reader = streamExport(pages, createCsvWriter(COLUMNS), { onEnd, onFailure: vi.fn<() => void>() }).getReader();
  await reader.read();
  await reader.read();
  await reader.cancel();
  expect(seen.isEnded).toBe(true);
  expect(onEnd).toHaveBeenCalled();
});

it("reads a page when the one before was taken, so that a slow reader fills no memory", async () => {
  const { seen, pages } = openPages();
  const reader = streamExport(pages, createCsvWriter(COLUMNS), {
    onEnd: vi.fn<() => void>(),
    onFailure: vi.fn<() => void>(),
  }).getReader();
  for (let count = 0; count < 20; count++) await reader.read();
  expect(seen.pages).toBeLessThanOrEqual(20);
  await reader.cancel();
});

it("gives up a reader that takes nothing for too long", async () => {
  vi.useFakeTimers();
  try {
    const { seen, pages } = openPages();
    const onEnd = vi.fn<() => void>();
    const body = streamExport(pages, createCsvWriter(COLUMNS), {
      onEnd,
      onFailure: vi.fn<() => void>(),
      stalledMs: 1000,
    });
    const reader = body.getReader();
    await reader.read();
    await vi.advanceTimersByTimeAsync(2000);
    expect(onEnd).toHaveBeenCalled();
    await expect(reader.read()).rejects.toThrow("took nothing");
    expect(seen.pages).toBeLessThanOrEqual(2);
  } finally {
    vi.useRealTimers();
  }
});
