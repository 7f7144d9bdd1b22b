import { expect, it } from "vitest";
import { whyNot } from "./why-not";

it("a stopped bot that holds something says what it must close before it is archived", () => {
  const archive = (openPositions: number) => whyNot("archive", { status: "stopped", openPositions });
  expect(archive(0)).toBeNull();
  expect(archive(1)).toBe("It can be archived once its open position is closed.");
  expect(archive(3)).toBe("It can be archived once its 3 open positions are closed.");
});

it("whatever cannot be asked of a bot has a reason, and the rest has none", () => {
  const commands = ["pause", "resume", "stop", "archive", "close-all", "run-now"] as const;
  const refused = (status: "running" | "paused" | "stopped" | "archived", openPositions: number) =>
    commands.filter((command) => whyNot(command, { status, openPositions }) !== null);
  expect(refused("running", 0)).toEqual(["close-all"]);
  expect(refused("paused", 1)).toEqual([]);
  expect(refused("stopped", 0)).toEqual(["close-all", "run-now"]);
  expect(refused("stopped", 1)).toEqual(["archive", "run-now"]);
  expect(refused("archived", 0)).toEqual(commands);
});
