import type { CheckCase } from "./order-check-cases";

/** Cases for the CHECKs of money that comes and goes. */
export const FLOW_CHECK_CASES: Readonly<Record<string, CheckCase>> = {
  account_flows_amount_positive: {
    refused: [{ amount: "0" }, { amount: "-1" }],
    accepted: [{ amount: "0.00000001" }],
  },
  allotment_flows_amounts: {
    refused: [
      { amount: "0" },
      { allotment_after: "0" },
      { amount: "900", allotment_after: "900" },
      { amount: "-1", allotment_after: "-0.5" },
    ],
    accepted: [{ amount: "-0.00000001" }, { amount: "899.99999999" }],
  },
  equity_points_flow: {
    refused: [{ flow: "1001" }, { flow: "-1", equity: "0", cash: "-101", peak: "0" }],
    accepted: [{ flow: "1000.99999999" }, { flow: "-5000" }, { equity: "-1", cash: "-102", peak: "0" }],
  },
};
