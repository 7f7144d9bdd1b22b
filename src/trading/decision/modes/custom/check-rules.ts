import type { SettingFault } from "../../basis/decision-mode";
import { shownIn, SIDES, type CustomReads, type SideReads } from "./custom-reads";
import { evidenceBytes, EVIDENCE_BYTES_MAX } from "./evidence-bytes";
import { indicatorUses, rootConditions, rootOperands, windowsOf, WINDOW_MAX } from "./rule-windows";
import { indicatorKey } from "./indicator-key";
import { reachFaults } from "./rule-cost";
import { innerOf, operandsOf, partsOf, type CodedCondition, type Condition, type Operand } from "./rule-types";

const CONDITIONS_MAX = 40;
const DEPTH_MAX = 6;
const INDICATORS_MAX = 24;
/** Categories that the mode itself uses. */
const RESERVED = ["adjustment", "exit"];

const comparisonsIn = (condition: Condition): number => {
  const inner = innerOf(condition);
  return inner.length === 0 ? 1 : inner.reduce((sum, each) => sum + comparisonsIn(each), 0);
};

const depthOfOperand = (operand: Operand): number => 1 + Math.max(0, ...partsOf(operand).map(depthOfOperand));

/** Levels of conditions and of values, each counted by itself. */
const depthsOf = (condition: Condition): { readonly conditions: number; readonly values: number } => {
  const inner = innerOf(condition).map(depthsOf);
  return {
    conditions: 1 + Math.max(0, ...inner.map(({ conditions }) => conditions)),
    values: Math.max(0, ...operandsOf(condition).map(depthOfOperand), ...inner.map(({ values }) => values)),
  };
};

const sizeFaults = (side: SideReads): string[] => {
  const conditions = rootConditions(side);
  const count = conditions.reduce((sum, condition) => sum + comparisonsIn(condition), 0);
  const depths = conditions.map(depthsOf);
  const depth = Math.max(
    0,
    ...depths.flatMap(({ conditions: levels, values }) => [levels, values]),
    ...rootOperands(side).map(depthOfOperand),
  );
  return [
    ...(count > CONDITIONS_MAX ? [`a side compares at most ${CONDITIONS_MAX} times, was ${count}: drop some`] : []),
    ...(depth > DEPTH_MAX ? [`rules have at most ${DEPTH_MAX} levels, was ${depth}: nest them less`] : []),
  ];
};

const repeated = (codes: readonly string[]): string | undefined =>
  codes.find((code, index) => codes.indexOf(code) !== index);

const codeFaults = ({ setups, exits }: SideReads): string[] => {
  const categories = setups.flatMap((setup) =>
    setup.kind === "conditions" ? [setup.code] : setup.categories.map(({ code }) => code),
  );
  const lines = [
    ...setups.flatMap(shownIn).map(({ category, condition }) => `${category}/${condition.code}`),
    ...exits.flatMap(({ code }) => [`exit/${code}`, `exit/${code}-gain`]),
  ];
  const setupTwice = repeated(setups.map(({ code }) => code));
  const twice = setupTwice ?? repeated(categories) ?? repeated(lines);
  const reserved = categories.find((code) => RESERVED.includes(code));
  const missing = setups.find(
    (setup) =>
      setup.kind === "weighted" &&
      setup.trigger !== null &&
      !setup.categories.some(({ code }) => code === setup.trigger),
  );
  return [
    ...(twice === undefined ? [] : [`the code "${twice}" may stand once on a side: give one of them another`]),
    ...(reserved === undefined ? [] : [`the code "${reserved}" is the mode's own: choose another`]),
    ...(missing === undefined ? [] : [`the trigger of "${missing.code}" must be the code of one of its categories`]),
  ];
};

const marketFaults = (reads: CustomReads): string[] => {
  const operands = indicatorUses(reads).map(({ operand }) => operand);
  const indicators = new Set(operands.map(indicatorKey)).size;
  if (operands.some(({ timeframe }) => timeframe === "second") && reads.secondTimeframe === null) {
    return ["an indicator of the second timeframe is read: set secondTimeframe"];
  }
  const { decision, second } = windowsOf(reads);
  const longest = Math.max(decision, second);
  return [
    ...(indicators > INDICATORS_MAX ? [`rules read at most ${INDICATORS_MAX} indicators, was ${indicators}`] : []),
    ...(longest > WINDOW_MAX
      ? [`rules read at most ${WINDOW_MAX} candles, these need ${longest}: use shorter periods`]
      : []),
  ];
};

/** A page says what a condition is by its code, for both sides alike. */
const nameFault = (named: readonly { readonly code: string; readonly name: string }[]): string[] => {
  const names = new Map<string, string>();
  for (const { code, name } of named) {
    const known = names.get(code);
    if (known !== undefined && known !== name) {
      return [`the code "${code}" has two names, "${known}" and "${name}": give it one, on both sides`];
    }
    names.set(code, name);
  }
  return [];
};

export type NamedParts = {
  readonly conditions: readonly (CodedCondition & { readonly name: string })[];
  readonly categories: readonly { readonly code: string; readonly name: string }[];
};

/** What is wrong with rules that are each well written: too many, too deep, too long, or ambiguous. */
export const checkRules = (reads: CustomReads, named: NamedParts): SettingFault[] => {
  const market = marketFaults(reads).map((message) => ({ path: [], message }));
  const sides = SIDES.flatMap((side) =>
    [...sizeFaults(reads[side]), ...reachFaults(reads[side]), ...codeFaults(reads[side])].map((message) => ({
      path: [side],
      message,
    })),
  );
  const bytes = evidenceBytes(reads);
  const size =
    bytes > EVIDENCE_BYTES_MAX
      ? [
          {
            path: [],
            message: `what is shown of a decision may take ${EVIDENCE_BYTES_MAX} characters, these rules ${bytes}: use fewer conditions or shorter codes`,
          },
        ]
      : [];
  const names = [...nameFault(named.conditions), ...nameFault(named.categories)];
  return [...market, ...sides, ...size, ...names.map((message) => ({ path: [], message }))];
};
