import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { LiveMessage } from "~/contracts/live-event";
import type { Pulse } from "~/contracts/pulse";
import { openLiveStream, reconnectDelayMs, type LiveStreamOptions, type StreamStatus } from "./open-live-stream";

type Handlers = Parameters<LiveStreamOptions["connect"]>[1];

const RESYNC: LiveMessage = { kind: "resync" };
const PULSE: Pulse = { kind: "pulse", stopped: [], lags: [] };

const createNetwork = ({ chance = 0.5 } = {}) => {
  const opened: { after: string | undefined; handlers: Handlers; isClosed: boolean }[] = [];
  const statuses: StreamStatus[] = [];
  const seen: (LiveMessage | Pulse)[] = [];
  const stream = openLiveStream({
    connect: (after, handlers) => {
      const connection = { after, handlers, isClosed: false };
      opened.push(connection);
      return () => {
        connection.isClosed = true;
      };
    },
    onMessage: (message) => void seen.push(message),
    onPulse: (pulse) => void seen.push(pulse),
    onStatus: (status) => void statuses.push(status),
    random: () => chance,
  });
  return { opened, statuses, seen, stream };
};

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("a page's stream", () => {
  it("goes on after the last id it has seen when the connection is lost", () => {
    const { opened, statuses } = createNetwork();
    opened[0]?.handlers.onOpen();
    opened[0]?.handlers.onMessage("41", RESYNC);
    opened[0]?.handlers.onLost(false);
    vi.advanceTimersByTime(1000);
    expect(opened.map(({ after }) => after)).toEqual([undefined, "41"]);
    expect(statuses).toEqual(["connecting", "live", "waiting", "connecting"]);
    expect(opened[0]?.isClosed).toBe(true);
  });

  it("is lost at once when the browser says so, and opened at once when the network is back", () => {
    const { opened, statuses, stream } = createNetwork();
    opened[0]?.handlers.onOpen();
    stream.lose();
    stream.lose();
    expect(statuses).toEqual(["connecting", "live", "waiting"]);
    stream.retry();
    stream.retry();
    expect(opened).toHaveLength(2);
  });

  it("is tried again when a connection neither opens nor fails", () => {
    const { opened, statuses } = createNetwork();
    vi.advanceTimersByTime(15_000);
    expect(statuses).toEqual(["connecting", "waiting"]);
    vi.advanceTimersByTime(500);
    expect([opened.length, opened[0]?.isClosed]).toEqual([2, true]);
  });

  it("goes on without a word when the server closes in order, and says so when it does not come back", () => {
    const { opened, statuses } = createNetwork();
    opened[0]?.handlers.onOpen();
    opened[0]?.handlers.onMessage("7", RESYNC);
    opened[0]?.handlers.onEnd();
    vi.advanceTimersByTime(500);
    expect(opened.map(({ after }) => after)).toEqual([undefined, "7"]);
    opened[1]?.handlers.onOpen();
    opened[1]?.handlers.onEnd();
    vi.advanceTimersByTime(4499);
    expect(statuses).toEqual(["connecting", "live", "live"]);
    vi.advanceTimersByTime(1);
    expect(statuses.at(-1)).toBe("waiting");
  });

  it("passes the pulse on, and none of a connection that it gave up", () => {
    const { opened, seen } = createNetwork();
    opened[0]?.handlers.onPulse(PULSE);
    opened[0]?.handlers.onLost(false);
    opened[0]?.handlers.onPulse(PULSE);
    expect(seen).toEqual([PULSE]);
  });

  it("hears nothing from a connection that it gave up", () => {
    const { opened, seen } = createNetwork();
    opened[0]?.handlers.onLost(false);
    vi.advanceTimersByTime(1000);
    opened[0]?.handlers.onMessage("1", RESYNC);
    expect(seen).toEqual([]);
    expect(opened).toHaveLength(2);
  });

  it("closes a minute after the page was hidden and opens at once when it is shown", () => {
    const { opened, statuses, stream } = createNetwork();
    opened[0]?.handlers.onOpen();
    stream.hide();
    vi.advanceTimersByTime(59_000);
    expect(opened[0]?.isClosed).toBe(false);
    stream.show();
    stream.hide();
    vi.advanceTimersByTime(60_000);
    expect(opened[0]?.isClosed).toBe(true);
    expect(statuses.at(-1)).toBe("hidden");
    stream.show();
    expect(opened).toHaveLength(2);
  });

  it("that newer pages displaced stays away, says so, and comes back after its last id when somebody turns to it", () => {
    const { opened, statuses, stream } = createNetwork();
    opened[0]?.handlers.onMessage("41", RESYNC);
    opened[0]?.handlers.onDisplaced();
    vi.runAllTimers();
    expect(opened).toHaveLength(1);
    stream.retry();
    expect([opened.length, opened[0]?.isClosed, statuses.at(-1)]).toEqual([1, true, "displaced"]);
    stream.show();
    expect(opened.map(({ after }) => after)).toEqual([undefined, "41"]);
  });

  it("waits twice as long after each loss in a row, and begins anew once it was open", () => {
    const { opened, statuses } = createNetwork({ chance: 1 });
    const waits = [500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000];
    for (const [index, wait] of waits.entries()) {
      opened[index]?.handlers.onLost(false);
      vi.advanceTimersByTime(wait - 1);
      expect(opened, `${wait} ms`).toHaveLength(index + 1);
      vi.advanceTimersByTime(1);
      expect(opened, `${wait} ms`).toHaveLength(index + 2);
    }
    opened.at(-1)?.handlers.onOpen();
    expect(statuses.at(-1)).toBe("live");
    opened.at(-1)?.handlers.onLost(false);
    vi.advanceTimersByTime(500);
    expect(opened).toHaveLength(waits.length + 2);
  });

  it("does not come back once the session is over", () => {
    const { opened, statuses, stream } = createNetwork();
    opened[0]?.handlers.onLost(true);
    vi.runAllTimers();
    stream.show();
    expect(opened).toHaveLength(1);
    expect(statuses.at(-1)).toBe("ended");
  });
});

it("waits longer after each loss, at most half a minute, and never less than half a second", () => {
  fc.assert(
    fc.property(fc.nat(40), fc.double({ min: 0, max: 1, noNaN: true }), (losses, chance) => {
      const delay = reconnectDelayMs(losses, () => chance);
      expect(delay).toBeGreaterThanOrEqual(500);
      expect(delay).toBeLessThanOrEqual(30_000);
    }),
  );
  expect(reconnectDelayMs(0, () => 1)).toBe(500);
  expect(reconnectDelayMs(20, () => 1)).toBe(30_000);
});
