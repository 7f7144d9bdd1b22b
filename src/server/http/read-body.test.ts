import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { readBody } from "./read-body";

const LIMITS = { bytesMax: 1000, millisecondsMax: 10_000 };
const NO_HEADERS = new Headers();

/** A body that `pull` makes, and how many bytes of it were taken. */
const bodyOf = (pull: (controller: ReadableStreamDefaultController<Uint8Array>) => void | Promise<void>) =>
  new ReadableStream<Uint8Array>({ pull }, { highWaterMark: 0 });

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("a body", () => {
  it("within the limits is read to its last byte", async () => {
    let left = 4;
    const body = bodyOf((controller) =>
      left-- > 0 ? controller.enqueue(new Uint8Array(250).fill(7)) : controller.close(),
    );
    const headers = new Headers({ "content-length": "1000" });
    expect(await readBody({ headers, body }, LIMITS)).toEqual({
      outcome: "read",
      bytes: new Uint8Array(1000).fill(7),
    });
    expect(vi.getTimerCount()).toBe(0);
  });

  it("that is announced as larger is not even begun", async () => {
    const pull = vi.fn<() => void>();
    const headers = new Headers({ "content-length": "1001" });
    expect(await readBody({ headers, body: bodyOf(pull) }, LIMITS)).toEqual({ outcome: "too-large" });
    expect(pull).not.toHaveBeenCalled();
  });

  it("that turns out larger is refused at that byte, and its rest is taken off the wire until the deadline only", async () => {
    let taken = 0;
    let cancelled = false;
    const body = new ReadableStream<Uint8Array>(
      {
        pull: async (controller) => {
          await new Promise((resolve) => setTimeout(resolve, 100));
          controller.enqueue(new Uint8Array(500));
          taken += 500;
        },
        cancel: () => {
          cancelled = true;
        },
      },
      { highWaterMark: 0 },
    );
    const reading = readBody({ headers: NO_HEADERS, body }, LIMITS);
    await vi.advanceTimersByTimeAsync(300);
    expect(await reading).toEqual({ outcome: "too-large" });
    expect(taken).toBe(1500);
    await vi.advanceTimersByTimeAsync(5000);
    expect([taken > 20_000, cancelled]).toEqual([true, false]);
    await vi.advanceTimersByTimeAsync(5000);
    expect(cancelled).toBe(true);
  });

  it("that trickles is cut at the deadline, however steadily it comes", async () => {
    const body = bodyOf(async (controller) => {
      await new Promise((resolve) => setTimeout(resolve, 1000));
      controller.enqueue(new Uint8Array(1));
    });
    const reading = readBody({ headers: NO_HEADERS, body }, LIMITS);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await reading).toEqual({ outcome: "too-slow" });
  });

  it("of which nothing ever comes is cut at the deadline", async () => {
    const reading = readBody({ headers: NO_HEADERS, body: bodyOf(() => new Promise(() => undefined)) }, LIMITS);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await reading).toEqual({ outcome: "too-slow" });
  });

  it("whose sender goes away is broken off, which is no failure of ours", async () => {
    const body = bodyOf((controller) => controller.error(new Error("aborted")));
    expect(await readBody({ headers: NO_HEADERS, body }, LIMITS)).toEqual({ outcome: "broken-off" });
  });
});
