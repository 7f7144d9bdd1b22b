import { formatShort } from "../../../format-number";
import { formatPercent } from "../../../format-percent";
import { describeExits } from "../../../portfolio/describe-exits";
import type { ExitSettings } from "../../../portfolio/exit-terms";
import type { PositionSide } from "../../../portfolio/position-side";
import type { SettingLine } from "../../../setting-line";
import { SIDES } from "./custom-reads";
import type { CustomSettings, Exit, Setup } from "./custom-settings";
import { describeCondition, describeOperand } from "./describe-rule";
import type { Score } from "./rule-types";

const SIDE_WORDS = { long: "Long", short: "Short" } as const;
type Named = Extract<Setup, { kind: "conditions" }>["all"][number];

const namedText = ({ name, when }: Named): string => `${name} (${describeCondition(when)})`;
const termsText = (exits: ExitSettings): string =>
  describeExits(exits)
    .map(({ text }) => text)
    .join(". ");

const scoreText = (score: Score): string => {
  if (typeof score === "number") return `Scores ${formatShort(score)}`;
  if ("value" in score) return `Scores ${describeOperand(score.value)}, between 0 and 1`;
  const tiers = score.tiers.map((tier) => `${formatShort(tier.score)} where ${describeCondition(tier.when)}`);
  return `Scores ${[...tiers, `else ${formatShort(score.otherwise)}`].join(", ")}`;
};

const levelText = ({ from, fraction }: Setup["stop"]): string => {
  if (from === null) return `${formatPercent(fraction)} from the close`;
  return fraction === 0 ? `at ${describeOperand(from)}` : `${formatPercent(fraction)} beyond ${describeOperand(from)}`;
};

const sizesText = ({ sizes }: Setup): string => {
  const [only, more] = sizes;
  if (only && !more) return `${formatPercent(only.sizeFraction)} of equity as margin`;
  const tiers = sizes.map(
    ({ scoreMin, sizeFraction }) => `${formatPercent(sizeFraction)} from a score of ${formatShort(scoreMin)}`,
  );
  return `as margin of equity ${tiers.join(", ")}`;
};

const setupEnd = (setup: Setup): string => {
  const leverage = setup.leverage === 1 ? "no leverage" : `${setup.leverage}x leverage`;
  const exits = setup.exits ? `. ${termsText(setup.exits)}` : "";
  return `Stop ${levelText(setup.stop)}, target ${levelText(setup.target)}; ${sizesText(setup)}, ${leverage}${exits}`;
};

const conditionsLines = (setup: Extract<Setup, { kind: "conditions" }>, label: string): SettingLine[] => [
  { label, text: `Enters where all hold: ${setup.all.map(namedText).join("; ")}` },
  {
    label: `${label}, score`,
    text: `${scoreText(setup.score)}; enters from ${formatShort(setup.scoreMin)}`,
  },
];

const weightedLines = (setup: Extract<Setup, { kind: "weighted" }>, label: string): SettingLine[] => {
  const trigger = setup.categories.find(({ code }) => code === setup.trigger);
  const only = trigger ? `, only with ${trigger.name}` : "";
  return [
    { label, text: `Enters from a score of ${formatShort(setup.scoreMin)} of 1${only}` },
    ...setup.categories.map(({ name, weight, any }) => ({
      label: `${label}, ${name}`,
      text: `Counts ${formatShort(weight)} once, where any holds: ${any.map(namedText).join("; ")}`,
    })),
    ...setup.adjustments.map(({ by, amount, ...named }) => ({
      label: `${label}, ${named.name}`,
      text: `${by === "add" ? `Adds ${formatShort(amount)}` : `Multiplies by ${formatShort(amount)}`} where ${describeCondition(named.when)}`,
    })),
  ];
};

const setupLines = (setup: Setup, side: PositionSide): SettingLine[] => {
  const label = `${SIDE_WORDS[side]}: ${setup.name}`;
  const lines = setup.kind === "conditions" ? conditionsLines(setup, label) : weightedLines(setup, label);
  return [...lines, { label: `${label}, position`, text: setupEnd(setup) }];
};

const exitLine = (exit: Exit, side: PositionSide): SettingLine => {
  const what = exit.closeFraction < 1 ? `Closes ${formatPercent(exit.closeFraction)} of it once` : "Closes it";
  const turned = exit.turnedFrom ? `, turned since the entry from ${describeCondition(exit.turnedFrom)}` : "";
  const gain = exit.gainMin === null ? "" : `, with ${formatPercent(exit.gainMin)} gained`;
  const rest = exit.rest ? `; of the rest: ${termsText(exit.rest)}` : "";
  const blocks = exit.blocksEntry ? "; nothing is opened while it holds" : "";
  return {
    label: `${SIDE_WORDS[side]} exit: ${exit.name}`,
    text: `${what} where ${describeCondition(exit.when)}${turned}${gain}${rest}${blocks}`,
  };
};

const sideLines = (settings: CustomSettings, side: PositionSide): SettingLine[] => {
  const { setups, exits } = settings[side];
  const none = { label: SIDE_WORDS[side], text: "Has no setup: it opens none" };
  return [
    ...(setups.length === 0 ? [none] : setups.flatMap((setup) => setupLines(setup, side))),
    ...exits.map((exit) => exitLine(exit, side)),
  ];
};

/** Each rule as a line that a trader reads. */
export const describeCustom = (settings: CustomSettings): SettingLine[] => {
  const { timeframe, secondTimeframe } = settings;
  const second = secondTimeframe === null ? "" : `; its second timeframe is ${secondTimeframe}`;
  return [
    { label: "Candles", text: `Decides on closed ${timeframe} candles${second}` },
    ...SIDES.flatMap((side) => sideLines(settings, side)),
  ];
};
