import { describe, expect, it } from "vitest";
import type { Part, Pulse } from "~/contracts/pulse";
import { describeLive } from "./describe-live";
import type { StreamStatus } from "./open-live-stream";

const SINCE = "2024-01-01T10:00:00.000Z";
const LOST = new Date("2024-01-01T11:00:00.000Z");
const pulseOf = (...parts: Part[]): Pulse => ({
  kind: "pulse",
  stopped: parts.map((part) => ({ part, since: SINCE })),
  lags: [],
});
const describeWith = (status: StreamStatus, pulse: Pulse | null, lostAt: Date | null = null, isPaused = false) =>
  describeLive({ status, pulse, lostAt, isPaused });

describe("a page says Live of fresh figures only", () => {
  it.each([
    ["an open stream with a pulse in which nothing has stopped", "live", pulseOf(), null, "Live"],
    ["an open stream before its first pulse", "live", null, null, "Connecting"],
    ["an open stream before its first pulse after a loss", "live", null, LOST, "Reconnecting"],
    ["a runner that gives no sign of life", "live", pulseOf("runner"), null, "Stopped"],
    ["a database that does not answer", "live", pulseOf("database"), null, "Stopped"],
    ["a market that gives no sign of life", "live", pulseOf("market"), null, "Stopped"],
    ["cycles that do not end", "live", pulseOf("cycles"), null, "Delayed"],
    ["a stream that was lost", "waiting", null, LOST, "Reconnecting"],
    ["a stream that was lost and is opened again", "connecting", null, LOST, "Reconnecting"],
    ["a first stream", "connecting", null, null, "Connecting"],
    ["a hidden page", "hidden", null, LOST, "Asleep"],
  ] as const)("%s", (_case, status, pulse, lostAt, word) => {
    expect(describeWith(status, pulse, lostAt).word).toBe(word);
  });

  it("names what has stopped and since when, also on a page that is held still", () => {
    const stopped = describeWith("live", pulseOf("runner", "market"), null, true);
    expect(stopped).toMatchObject({ kind: "stopped", since: new Date(SINCE) });
    expect(stopped.trouble?.title).toBe("Trading has stopped");
    expect(stopped.trouble?.advice).toMatch(/started again by itself/);
    expect(describeWith("live", pulseOf(), null, true)).toMatchObject({ word: "Paused", trouble: null });
  });
});

it("says of an Inngest server that calls nothing what to look at, and not that it starts by itself", () => {
  const { word, trouble } = describeWith("live", pulseOf("functions"));
  expect([word, trouble?.title]).toEqual(["Stopped", "Trading has stopped"]);
  expect(trouble?.advice).toMatch(/Inngest server.*reaches this app/);
  expect(trouble?.advice).not.toMatch(/by itself/);
});

describe("a market clock stands where nobody can know it", () => {
  it.each([
    ["all is well", "live", pulseOf(), null, null],
    ["the runner has stopped: market time goes on", "live", pulseOf("runner"), null, null],
    ["the market has stopped", "live", pulseOf("market"), null, new Date(SINCE)],
    ["runner and market have stopped", "live", pulseOf("runner", "market"), null, new Date(SINCE)],
    ["the database does not answer", "live", pulseOf("database"), null, new Date(SINCE)],
    ["the network is broken", "waiting", null, LOST, LOST],
    ["the stream is opened again", "connecting", null, LOST, LOST],
  ] as const)("%s", (_case, status, pulse, lostAt, stoppedAt) => {
    expect(describeWith(status, pulse, lostAt).clockStoppedAt).toEqual(stoppedAt);
  });
});
