import type { ModelTally } from "../../src/trading/backtest/recorded-model";
import { findNamedModel } from "../../src/trading/model/find-named-model";
import { warnOfTraining } from "../../src/trading/model/warn-of-training";
import { toPlain } from "../../src/trading/money";

/** A backtest's questions to a model as plain JSON; amounts in US dollars. */
export type ModelReport = Omit<ModelTally, "costAtMost"> & {
  readonly costAtMost: string | null;
  readonly warning: string | null;
};

const warningOf = (model: string, from: number): string | null => {
  const found = findNamedModel(model);
  return found && warnOfTraining(found, from);
};

/** `from`: where the period begins, ms. */
export const reportModel = ({ costAtMost, ...tally }: ModelTally, from: number): ModelReport => ({
  ...tally,
  costAtMost: costAtMost && toPlain(costAtMost),
  warning: warningOf(tally.model, from),
});

const costText = ({ missing, costAtMost, priceUnknown }: ModelReport): string => {
  if (missing === 0) return "a real run would have to pay for no more";
  const most = costAtMost === null ? `an unknown amount: ${priceUnknown}` : `${costAtMost} USD at most`;
  return `a real run would have to pay for ${missing} more: ${most}`;
};

/** The same as lines for people. */
export const printModel = (report: ModelReport): string[] => {
  const { model, questions, answered, unmoved, warning } = report;
  return [
    `model      ${model}: ${answered} of ${questions} questions have a recorded reply; ${unmoved} were not asked, since nothing had moved`,
    `           ${costText(report)}`,
    ...(warning === null ? [] : [`note: ${warning}`]),
  ];
};
