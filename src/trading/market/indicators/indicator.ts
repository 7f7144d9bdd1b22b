/**
 * An indicator that gets one closed bar at a time. `next` answers undefined until TA-Lib's lookback is reached: never 0
 * and never a half-warm number. Batch and streaming are the same code: see computeSeries.
 */
export type Indicator<Input, Output> = { next(input: Input): Output | undefined };

/** The indicator's answer to every input, in order. The indicator keeps its state, so pass a fresh one. */
export const computeSeries = <Input, Output>(
  indicator: Indicator<Input, Output>,
  inputs: readonly Input[],
): (Output | undefined)[] => inputs.map((input) => indicator.next(input));

/** The indicator's answer to the last input; undefined when it is not warm by then. */
export const computeLast = <Input, Output>(
  indicator: Indicator<Input, Output>,
  inputs: readonly Input[],
): Output | undefined => {
  let last: Output | undefined;
  for (const input of inputs) last = indicator.next(input);
  return last;
};
