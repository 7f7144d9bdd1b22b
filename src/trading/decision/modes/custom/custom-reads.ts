import type { Timeframe } from "../../../market/timeframe";
import type { PositionSide } from "../../../portfolio/position-side";
import type { CodedCondition, Condition, Operand, Score } from "./rule-types";

type LevelReads = { readonly from: Operand | null };
type SetupLevels = { readonly code: string; readonly stop: LevelReads; readonly target: LevelReads };

export type ConditionsReads = SetupLevels & {
  readonly kind: "conditions";
  readonly all: readonly CodedCondition[];
  readonly score: Score;
};

export type WeightedReads = SetupLevels & {
  readonly kind: "weighted";
  readonly categories: readonly {
    readonly code: string;
    readonly weight: number;
    readonly any: readonly CodedCondition[];
  }[];
  readonly adjustments: readonly (CodedCondition & { readonly by: "add" | "multiply"; readonly amount: number })[];
  readonly trigger: string | null;
};

export type SetupReads = ConditionsReads | WeightedReads;
export type ExitReads = CodedCondition & { readonly turnedFrom: Condition | null };
export type SideReads = { readonly setups: readonly SetupReads[]; readonly exits: readonly ExitReads[] };

/** What the market is read by: names, sizes, fractions and what exits do are a bot's own. */
export type CustomReads = {
  readonly timeframe: Timeframe;
  readonly secondTimeframe: Timeframe | null;
} & Readonly<Record<PositionSide, SideReads>>;

const toCoded = ({ code, when }: CodedCondition): CodedCondition => ({ code, when });

const toSetup = (setup: SetupReads): SetupReads => {
  const levels = { code: setup.code, stop: { from: setup.stop.from }, target: { from: setup.target.from } };
  if (setup.kind === "conditions") {
    return { kind: setup.kind, ...levels, all: setup.all.map(toCoded), score: setup.score };
  }
  return {
    kind: setup.kind,
    ...levels,
    categories: setup.categories.map(({ code, weight, any }) => ({ code, weight, any: any.map(toCoded) })),
    adjustments: setup.adjustments.map(({ by, amount, ...condition }) => ({ ...toCoded(condition), by, amount })),
    trigger: setup.trigger,
  };
};

const toSide = ({ setups, exits }: SideReads): SideReads => ({
  setups: setups.map(toSetup),
  exits: exits.map(({ turnedFrom, ...exit }) => ({ ...toCoded(exit), turnedFrom })),
});

export const customReads = ({ timeframe, secondTimeframe, long, short }: CustomReads): CustomReads => ({
  timeframe,
  secondTimeframe,
  long: toSide(long),
  short: toSide(short),
});

export const SIDES = ["long", "short"] as const satisfies readonly PositionSide[];

/** Every condition of a setup that is shown, with the category that it stands in. */
export const shownIn = (setup: SetupReads): { readonly category: string; readonly condition: CodedCondition }[] =>
  setup.kind === "conditions"
    ? setup.all.map((condition) => ({ category: setup.code, condition }))
    : [
        ...setup.categories.flatMap(({ code, any }) => any.map((condition) => ({ category: code, condition }))),
        ...setup.adjustments.map((condition) => ({ category: "adjustment", condition })),
      ];
