import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createSubscriptions } from "./create-subscriptions";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const LONG_MS = 60_000;
const open = () => {
  const onClose = vi.fn<() => void>();
  const subscriptions = createSubscriptions(onClose);
  const ended: string[] = [];
  /** Waits for one more wake, and records under this name that it came. */
  const wait = (name: string, subscription: ReturnType<typeof subscriptions.subscribe>, signal?: AbortSignal) =>
    void subscription.next(LONG_MS, signal).then(() => ended.push(name));
  const settle = (ms = 0) => vi.advanceTimersByTimeAsync(ms);
  return { ...subscriptions, onClose, ended, wait, settle };
};

describe("who waits", () => {
  it("is woken by its own topic and by no other, and by all of them at once", async () => {
    const { subscribe, wake, wakeAll, wait, ended, settle } = open();
    const [one, other] = [subscribe("one"), subscribe("other")];
    wait("one", one);
    wait("other", other);
    wake("one");
    await settle();
    expect(ended).toEqual(["one"]);
    wait("one again", one);
    wakeAll();
    await settle();
    expect(ended.toSorted()).toEqual(["one", "one again", "other"]);
  });

  it("finds a wake that came while it was busy, and each of them once", async () => {
    const { subscribe, wake, wait, ended, settle } = open();
    const subscription = subscribe("one");
    wake("one");
    wake("one");
    wait("kept", subscription);
    await settle();
    wait("next", subscription);
    await settle(LONG_MS - 1);
    expect(ended).toEqual(["kept"]);
    await settle(1);
    expect(ended).toEqual(["kept", "next"]);
  });

  it("stops at once when its reader leaves, and leaves nothing behind on the reader's signal", async () => {
    const { subscribe, wake, wait, ended, settle } = open();
    const leaving = new AbortController();
    const removed = vi.spyOn(leaving.signal, "removeEventListener");
    const subscription = subscribe("one");
    wait("woken", subscription, leaving.signal);
    wake("one");
    await settle();
    expect([removed.mock.calls.length, vi.getTimerCount()]).toEqual([1, 0]);
    wait("left", subscription, leaving.signal);
    leaving.abort();
    wait("late", subscription, leaving.signal);
    await settle();
    expect([ended, vi.getTimerCount()]).toEqual([["woken", "left", "late"], 0]);
  });

  it("counts until it closes, which is told, and a topic lives as long as its last one", async () => {
    const { subscribe, wake, size, wait, onClose, ended, settle } = open();
    const [first, second] = [subscribe("one"), subscribe("one")];
    first.close();
    first.close();
    expect([size(), onClose.mock.calls.length]).toEqual([1, 2]);
    wait("second", second);
    wake("one");
    await settle();
    expect(ended).toEqual(["second"]);
    second.close();
    expect(size()).toBe(0);
  });
});
