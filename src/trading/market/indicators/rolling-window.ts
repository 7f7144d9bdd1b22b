import { checkPeriod } from "./check-indicator-input";

/** The last `size` values. `push` answers the window, oldest first, once it is full. */
export type RollingWindow<Value> = {
  push(value: Value): readonly Value[] | undefined;
  clear(): void;
};

/** The next push changes the array that `push` answers: read it before, and do not keep it. */
export const createRollingWindow = <Value>(size: number): RollingWindow<Value> => {
  checkPeriod("a rolling window", size);
  const values: Value[] = [];
  return {
    push(value) {
      values.push(value);
      if (values.length > size) values.shift();
      return values.length === size ? values : undefined;
    },
    clear() {
      values.length = 0;
    },
  };
};
