import type { ConditionWords, EvidenceWords } from "../../basis/evidence-words";
import { gainCode } from "./custom-exits";
import { SIDES } from "./custom-reads";
import { namedParts, type CustomSettings, type Setup } from "./custom-settings";
import { entryOf } from "./operand-schema";
import { innerOf, isIndicator, operandsOf, partsOf, type Condition, type Operand } from "./rule-types";

/** Whether a value is a price, as far as its parts tell: the ratio of two prices is none. */
const isPrice = (operand: Operand): boolean => {
  if (isIndicator(operand)) return entryOf(operand.indicator)?.outputs[operand.output]?.unit === "price";
  return typeof operand === "object" && !("ratio" in operand) && partsOf(operand).some(isPrice);
};

/** A price is compared with a price; MACD is one too, but moves around 0. */
const unitOf = (condition: Condition): ConditionWords["unit"] => {
  if (innerOf(condition).length > 0) return "not" in condition ? "indicator" : "parts";
  const operands = operandsOf(condition);
  const isMacd = operands.some((operand) => isIndicator(operand) && operand.indicator === "macd");
  return operands.length > 1 && operands.every(isPrice) && !isMacd ? "price" : "indicator";
};

type Category = readonly [string, EvidenceWords["categories"][string]];

const categoriesOf = (setup: Setup): Category[] =>
  setup.kind === "conditions"
    ? [[setup.code, { name: setup.name, note: "counts where all hold" }]]
    : setup.categories.map(({ code, name }): Category => [code, { name, note: null }]);

/** The words of a trader's own rules, by the codes in their evidence. */
export const customWords = (settings: CustomSettings): EvidenceWords => ({
  note: "A setup scores by its conditions; the one with the higher score decides.",
  conditions: Object.fromEntries([
    ...namedParts(settings).conditions.map(({ code, name, when }) => [code, { name, unit: unitOf(when) }] as const),
    ...SIDES.flatMap((side) => settings[side].exits).map(
      ({ code, name }) => [gainCode(code), { name: `${name}: the gain in percent`, unit: "indicator" }] as const,
    ),
  ]),
  categories: {
    ...Object.fromEntries(SIDES.flatMap((side) => settings[side].setups.flatMap(categoriesOf))),
    adjustment: { name: "Adjustments", note: "each counts by itself" },
    exit: { name: "Own exit rules", note: "one that holds speaks against the side" },
  },
});
