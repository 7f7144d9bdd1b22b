import { decimal, sumOf, type Decimal } from "../money";

/** Money that came (above zero) or went at an instant (ms of venue time), and what there was just after it, above zero. */
export type Flowed = { readonly at: number; readonly amount: Decimal; readonly after: Decimal };

/** What was there before any of these flows, of what is allotted after all of them. */
export const startBefore = (allotment: Decimal, flows: readonly Pick<Flowed, "amount">[]): Decimal =>
  allotment.minus(sumOf(flows.map(({ amount }) => amount)));

/** How a flow changed what was there. */
const stepOf = ({ amount, after }: Flowed): Decimal => after.div(after.minus(amount));

/** An amount of an instant (ms) as if the flows after it had come or gone before: like prices before a split of shares. */
export const inPresentMoney = (amount: Decimal, at: number, flows: readonly Flowed[]): Decimal =>
  flows.reduce((present, flow) => (flow.at > at ? present.times(stepOf(flow)) : present), amount);

/**
 * The return of money that others came to and went from meanwhile, a fraction: the growth between flows, chained, so that
 * flows are neither gain nor loss (time-weighted return, GIPS 2020 2.A.21). `flows` ascend in time. Without any it is worth /
 * start - 1.
 */
export const timeWeightedReturn = (start: Decimal, flows: readonly Flowed[], worth: Decimal): Decimal => {
  let [growth, base] = [decimal(1), start];
  for (const { amount, after } of flows) {
    growth = growth.times(after.minus(amount)).div(base);
    base = after;
  }
  return growth.times(worth).div(base).minus(1);
};
