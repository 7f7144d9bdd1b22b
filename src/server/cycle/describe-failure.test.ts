import { expect, it, vi } from "vitest";
import { InvariantError } from "~/trading/invariant";
import { VenueError } from "~/trading/venue-error";
import { AppError } from "../errors";
import { VenueOutageError } from "./cycle-ref";
import { describeFailure, logHiddenFailure } from "./describe-failure";

const HIDDEN = "Invalid `db.bot.findMany()` invocation in /srv/0xbot/src/server/cycle/begin-cycle.ts:12:3";
const loggedOf = (error: unknown): string => {
  const write = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  logHiddenFailure("cycle", error);
  const [line] = write.mock.calls.flat();
  write.mockRestore();
  return typeof line === "string" ? line : "";
};

it.each([
  ["a venue's trouble", new VenueError("unreachable", "connect ECONNREFUSED 10.0.0.1:443"), /^The venue does not ans/],
  ["broken books", new InvariantError("invariant broken: cash is what was paid"), /^invariant broken: cash/],
  ["a known outage", new VenueOutageError("OKX does not answer."), /^OKX does not answer\.$/],
  ["a market that does not run", new AppError("venue-unreachable", "The demo market is not running."), /not running/],
])("%s is told in our own words, and needs no line in the log", (_what, error, words) => {
  expect(describeFailure(error)).toMatch(words);
  expect(loggedOf(error)).toBe("");
});

it.each([
  ["a library's error", new Error(HIDDEN)],
  ["a mistake of ours", new TypeError(HIDDEN)],
])("%s is told in fixed words, and its detail stands in the log", (_what, error) => {
  expect(describeFailure(error)).toMatch(/^Something went wrong inside 0xBot\./);
  expect(loggedOf(error)).toContain(HIDDEN);
});
