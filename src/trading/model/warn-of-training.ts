import type { ModelTraits } from "./model-traits";

const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10);

/**
 * Why a model's decisions about a period that begins at `from` (ms UTC) prove little; null: nothing speaks against it.
 * What a model was trained on may tell it how the period ended.
 */
export const warnOfTraining = (
  { id, trainedThrough }: Pick<ModelTraits, "id" | "trainedThrough">,
  from: number,
): string | null => {
  if (trainedThrough === undefined) {
    return `Nobody says through when ${id} was trained, so it may have read how this period ended: its results prove little.`;
  }
  if (from >= trainedThrough) return null;
  return `${id} was trained on text through ${dayOf(trainedThrough - 1)}, so it may have read how the time before that ended: its results prove little.`;
};
