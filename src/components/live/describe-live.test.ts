import { describe, expect, it } from "vitest";
import type { Part, Pulse } from "~/contracts/pulse";
import { describeLive, lossAfter } from "./describe-live";
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
    ["a page that newer ones displaced", "displaced", null, LOST, "Not live"],
    ["a page whose session is over", "ended", null, LOST, "Signed out"],
  ] as const)("%s", (_case, status, pulse, lostAt, word) => {
    expect(describeWith(status, pulse, lostAt).word).toBe(word);
  });

  it("names what has stopped and since when, also on a page that is held still", () => {
    const stopped = describeWith("live", pulseOf("runner", "market"), null, true);
    expect(stopped).toMatchObject({ kind: "stopped", since: new Date(SINCE) });
    expect(stopped.trouble?.title).toBe("Trading has stopped");
    expect(stopped.trouble?.advice).toMatch(/restarts by itself/);
    expect(describeWith("live", pulseOf(), null, true)).toMatchObject({ word: "Paused", trouble: null });
  });
});

it("says of an Inngest server that calls nothing what to look at, and not that it starts by itself", () => {
  const { word, trouble } = describeWith("live", pulseOf("functions"));
  expect([word, trouble?.title]).toEqual(["Stopped", "Trading has stopped"]);
  expect(trouble?.advice).toMatch(/Inngest server.*reaches this app/);
  expect(trouble?.advice).not.toMatch(/by itself/);
});

describe("a page knows since when it has no connection", () => {
  /** When a page lost its server, after each step of its stream; it last heard the server at LOST. */
  const walk = (...steps: readonly StreamStatus[]): (Date | null)[] => {
    let [from, lostAt]: [StreamStatus, Date | null] = ["connecting", null];
    return steps.map((to) => {
      lostAt = lossAfter({ from, to, lostAt }, LOST);
      from = to;
      return lostAt;
    });
  };

  it.each([
    ["lost and tried again", ["live", "waiting", "connecting", "live"], [null, LOST, LOST, LOST]],
    ["never opened: since the page is there", ["connecting", "waiting", "connecting"], [null, LOST, LOST]],
    ["shown again after sleep", ["live", "hidden", "connecting", "live"], [null, null, null, null]],
    ["lost, asleep and shown again", ["waiting", "hidden", "connecting"], [LOST, null, null]],
    ["shown again without a network", ["hidden", "connecting", "waiting"], [null, null, LOST]],
    ["reopened", ["live", "displaced", "connecting", "live"], [null, LOST, null, null]],
    ["over", ["live", "ended"], [null, LOST]],
  ] as const)("%s", (_case, steps, losses) => expect(walk(...steps)).toEqual(losses));

  it("and says nothing of one while it is shown or opened again", () => {
    expect(describeWith("connecting", null, null)).toMatchObject({ word: "Connecting", trouble: null });
    expect(describeWith("connecting", null, LOST).trouble?.title).toBe("No connection to the server");
  });
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
    ["newer pages displaced this one", "displaced", null, LOST, LOST],
  ] as const)("%s", (_case, status, pulse, lostAt, stoppedAt) => {
    expect(describeWith(status, pulse, lostAt).clockStoppedAt).toEqual(stoppedAt);
  });
});
