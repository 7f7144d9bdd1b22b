import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { PREVIEW_ENDS_MS, runPreview, type PreviewState } from "./run-preview";
import type { PreviewRequest, WorkerAnswer } from "./worker-messages";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const REQUEST = { kind: "preview" } as unknown as PreviewRequest;
const PREVIEW = { kind: "preview", preview: {} } as unknown as WorkerAnswer;

/** A browser's worker that answers what a test says. */
const openBrowser = () => {
  const heard: { message?: (event: { readonly data: WorkerAnswer }) => void; error?: () => void } = {};
  const terminate = vi.fn<() => void>();
  const postMessage = vi.fn<(request: unknown) => void>();
  const addEventListener = (type: "message" | "error", hear: never): void =>
    void Object.assign(heard, { [type]: hear });
  const told: PreviewState["kind"][] = [];
  const end = runPreview(
    () => ({ terminate, postMessage, addEventListener }),
    REQUEST,
    ({ kind }) => void told.push(kind),
  );
  const begin = () => vi.advanceTimersByTimeAsync(500);
  return { terminate, postMessage, told, end, begin, answer: (data: WorkerAnswer) => heard.message?.({ data }), heard };
};

it("a preview that takes longer than a minute is ended, and said to be too slow", async () => {
  const { begin, told, terminate, answer } = openBrowser();
  await begin();
  await vi.advanceTimersByTimeAsync(30_000);
  answer({ kind: "progress", done: 0.5 });
  await vi.advanceTimersByTimeAsync(29_999);
  expect([terminate.mock.calls.length, told]).toEqual([0, ["running", "running"]]);
  await vi.advanceTimersByTimeAsync(1);
  expect([terminate.mock.calls.length, told.at(-1)]).toEqual([1, "too-slow"]);
});

it("a preview that comes in time ends its worker, and is never said to be too slow afterwards", async () => {
  const { begin, told, terminate, answer } = openBrowser();
  await begin();
  answer(PREVIEW);
  await vi.advanceTimersByTimeAsync(2 * PREVIEW_ENDS_MS);
  expect([terminate.mock.calls.length, told]).toEqual([1, ["running", "done"]]);
});

it("a worker that breaks is said to have failed, and nothing comes after it", async () => {
  const { begin, told, heard } = openBrowser();
  await begin();
  heard.error?.();
  await vi.advanceTimersByTimeAsync(2 * PREVIEW_ENDS_MS);
  expect(told).toEqual(["running", "failed"]);
});

it("a request that changes before its run began starts no worker, and afterwards ends it without a word", async () => {
  const early = openBrowser();
  early.end();
  await early.begin();
  expect([early.postMessage.mock.calls.length, early.told]).toEqual([0, []]);
  const late = openBrowser();
  await late.begin();
  late.end();
  await vi.advanceTimersByTimeAsync(2 * PREVIEW_ENDS_MS);
  expect([late.postMessage.mock.calls, late.terminate.mock.calls.length, late.told]).toEqual([
    [[REQUEST]],
    1,
    ["running"],
  ]);
});
