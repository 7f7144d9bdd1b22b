import fc from "fast-check";
import { COMMAND_KINDS } from "~/trading/steering/command";

const bot = fc.nat(1);
/** What ends positions comes more often than what keeps them from being opened. */
const OFTEN = ["resume", "close-all", "close-position"] as const;

/** What a trader tells one of two bots. `away`: where a stop goes, as a share of the mark, below it where negative. */
const tell = fc.record({
  op: fc.constant("tell" as const),
  bot,
  kind: fc.constantFrom(...COMMAND_KINDS, ...OFTEN, ...OFTEN),
  /** Which position it is about: one of the bot, of the other bot, or none. */
  of: fc.constantFrom("own" as const, "own" as const, "foreign" as const, "none" as const),
  away: fc.double({ min: -0.03, max: 0.01, noNaN: true }),
  isLooser: fc.boolean(),
  /** By the id of the last command instead of a new one. */
  isAgain: fc.boolean(),
});

/** Hours of trading that begin and are finished, left in hand, or die after so many stages. */
const run = fc.record({
  op: fc.constant("run" as const),
  bot,
  wish: fc.constantFrom("enter" as const, "enter" as const, "hold" as const),
  stages: fc.integer({ min: 0, max: 6 }),
  ends: fc.constantFrom("whole" as const, "whole" as const, "held" as const, "killed" as const),
});

/** Other settings for one of two bots: exits nearer or farther, slots more or less often. */
const edit = fc.record({
  op: fc.constant("edit" as const),
  bot,
  stop: fc.double({ min: 0.006, max: 0.03, noNaN: true }),
  target: fc.double({ min: 0.01, max: 0.06, noNaN: true }),
  intervalSeconds: fc.constantFrom(3600, 3600, 1800, 7200),
});

/** What happens to two bots, in order. */
const anyStep = fc.oneof(
  { weight: 5, arbitrary: tell },
  { weight: 5, arbitrary: run },
  { weight: 4, arbitrary: fc.record({ op: fc.constant("pass" as const), minutes: fc.integer({ min: 1, max: 90 }) }) },
  { weight: 2, arbitrary: fc.record({ op: fc.constant("look" as const) }) },
  { weight: 2, arbitrary: fc.record({ op: fc.constant("guard" as const) }) },
  { weight: 1, arbitrary: fc.record({ op: fc.constant("announce" as const) }) },
  { weight: 2, arbitrary: fc.record({ op: fc.constant("take" as const), bot }) },
  { weight: 2, arbitrary: edit },
  { weight: 1, arbitrary: fc.record({ op: fc.constant("fall" as const), factor: fc.constantFrom(0.985, 1.015) }) },
);
export type Step = typeof anyStep extends fc.Arbitrary<infer Value> ? Value : never;
export type Tell = Extract<Step, { op: "tell" }>;
export type Edit = Extract<Step, { op: "edit" }>;
export type Run = Extract<Step, { op: "run" }>;

const told = { op: "tell", bot: 0, of: "own", away: -0.01, isLooser: true, isAgain: false } as const;

/** What has to happen in every sample: an edit that is applied, a close by hand, and a bot that pauses and stops. */
export const EVENTFUL: Step[] = [
  { op: "run", bot: 0, wish: "enter", stages: 6, ends: "whole" },
  { op: "pass", minutes: 7 },
  { op: "edit", bot: 0, stop: 0.008, target: 0.02, intervalSeconds: 3600 },
  { ...told, kind: "apply-exits" },
  { op: "pass", minutes: 15 },
  { op: "guard" },
  { ...told, kind: "close-all" },
  { op: "pass", minutes: 15 },
  { op: "guard" },
  { ...told, kind: "pause" },
  { ...told, kind: "stop" },
  { ...told, kind: "archive", bot: 1 },
  { ...told, kind: "resume", bot: 1 },
];

export const anySequence = fc.array(anyStep, { minLength: 10, maxLength: 30 });
