import fc from "fast-check";
import { COMMAND_KINDS } from "~/trading/steering/command";

/** So many bots of one user live together, and each sequence is about its two of them. */
export const SEQUENCES_PER_WORLD = 10;
export const BOTS_PER_SEQUENCE = 2;
export const BOTS_PER_WORLD = SEQUENCES_PER_WORLD * BOTS_PER_SEQUENCE;

/** Which of the sequence's bots. */
const bot = fc.nat(BOTS_PER_SEQUENCE - 1);
/** What ends positions comes more often than what keeps them from being opened. */
const OFTEN = ["resume", "close-all", "close-position"] as const;

/** What a trader tells one of them. `away`: where a stop goes, as a share of the mark, below it where negative. */
const tell = fc.record({
  op: fc.constant("tell" as const),
  bot,
  kind: fc.constantFrom(...COMMAND_KINDS, ...OFTEN, ...OFTEN),
  /** Which position it is about: one of the bot, of another bot, or none. */
  of: fc.constantFrom("own" as const, "own" as const, "foreign" as const, "none" as const),
  /** How far it is to that other bot. */
  toOther: fc.integer({ min: 1, max: BOTS_PER_WORLD - 1 }),
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

/** Other settings for one of them: exits nearer or farther, slots more or less often. */
const edit = fc.record({
  op: fc.constant("edit" as const),
  bot,
  stop: fc.double({ min: 0.006, max: 0.03, noNaN: true }),
  target: fc.double({ min: 0.01, max: 0.06, noNaN: true }),
  intervalSeconds: fc.constantFrom(3600, 3600, 1800, 7200),
});

/** Money from the bot's account, or back to it below zero; each bot is made with 10,000. */
const flow = fc.record({
  op: fc.constant("flow" as const),
  bot,
  amount: fc.oneof(
    fc.integer({ min: -10_000, max: 10_000 }).filter((amount) => amount !== 0),
    fc.constantFrom(0.00000001, -0.00000001, -9999, -999.99999999),
  ),
});

const rest = fc.record({ op: fc.constant("rest" as const) });

/** What happens to one bot of a sequence. */
const anyDeed = fc.oneof(
  { weight: 5, arbitrary: tell },
  { weight: 5, arbitrary: run },
  { weight: 2, arbitrary: fc.record({ op: fc.constant("take" as const), bot }) },
  { weight: 2, arbitrary: edit },
  { weight: 2, arbitrary: flow },
  { weight: 4, arbitrary: rest },
);
export type Deed = typeof anyDeed extends fc.Arbitrary<infer Value> ? Value : never;
export type Tell = Extract<Deed, { op: "tell" }>;
export type Edit = Extract<Deed, { op: "edit" }>;
export type Flow = Extract<Deed, { op: "flow" }>;
export type Run = Extract<Deed, { op: "run" }>;

/** What happens to all bots between two deeds of each sequence. */
const anyWeather = fc.oneof(
  { weight: 4, arbitrary: fc.record({ op: fc.constant("pass" as const), minutes: fc.integer({ min: 1, max: 90 }) }) },
  { weight: 2, arbitrary: fc.record({ op: fc.constant("look" as const) }) },
  { weight: 2, arbitrary: fc.record({ op: fc.constant("guard" as const) }) },
  { weight: 1, arbitrary: fc.record({ op: fc.constant("announce" as const) }) },
  { weight: 1, arbitrary: fc.record({ op: fc.constant("fall" as const), factor: fc.constantFrom(0.985, 1.015) }) },
  { weight: 4, arbitrary: rest },
);
export type Weather = typeof anyWeather extends fc.Arbitrary<infer Value> ? Value : never;
export type Step = Deed | Weather;

/** The sequences of a world go forward together: a deed of each, then the weather. */
export type Script = {
  readonly sequences: readonly (readonly Deed[])[];
  readonly weather: readonly Weather[];
  /** Whether the user stops everything and closes, by one button, at its end. */
  readonly isPanic: boolean;
};

const MIN_DEEDS = 10;
const MAX_DEEDS = 30;

export const anyScript: fc.Arbitrary<Script> = fc.record({
  sequences: fc.array(fc.array(anyDeed, { minLength: MIN_DEEDS, maxLength: MAX_DEEDS }), {
    minLength: SEQUENCES_PER_WORLD,
    maxLength: SEQUENCES_PER_WORLD,
  }),
  weather: fc.array(anyWeather, { minLength: MIN_DEEDS, maxLength: MAX_DEEDS }),
  isPanic: fc.boolean(),
});

const told = { op: "tell", bot: 0, of: "own", toOther: 1, away: -0.01, isLooser: true, isAgain: false } as const;
const REST = { op: "rest" } as const;
const SOON = { op: "pass", minutes: 15 } as const;

/** What has to happen in every sample: an edit that is applied, flows, a close by hand, and a bot that pauses and stops. */
const EVENTS: readonly (readonly [Deed, Weather])[] = [
  [
    { op: "run", bot: 0, wish: "enter", stages: 6, ends: "whole" },
    { op: "pass", minutes: 7 },
  ],
  [{ op: "edit", bot: 0, stop: 0.008, target: 0.02, intervalSeconds: 3600 }, REST],
  [{ ...told, kind: "apply-exits" }, SOON],
  [{ op: "flow", bot: 0, amount: 5000 }, { op: "guard" }],
  [{ op: "flow", bot: 0, amount: -2500.5 }, REST],
  [{ ...told, kind: "close-all" }, SOON],
  [REST, { op: "guard" }],
  [{ ...told, kind: "pause" }, REST],
  [{ ...told, kind: "stop" }, REST],
  [{ ...told, kind: "archive", bot: 1 }, REST],
  [{ ...told, kind: "resume", bot: 1 }, REST],
];

/** The same at once to a bot of every sequence. */
export const EVENTFUL: Script = {
  sequences: Array.from({ length: SEQUENCES_PER_WORLD }, () => EVENTS.map(([deed]) => deed)),
  weather: EVENTS.map(([, weather]) => weather),
  isPanic: false,
};
