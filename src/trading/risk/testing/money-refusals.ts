import type { RefusalCase } from "./refusal-case";

/** Refusals by the rules of sizes, cash and profit. */
export const MONEY_REFUSALS: readonly RefusalCase[] = [
  [
    "position-margin",
    "0.3",
    "0.25",
    "fraction",
    "the margin of the position is 30 %, and at most 25 % is allowed",
    "the margin of the position would have to fall from 30 % to 25 %",
  ],
  [
    "total-margin",
    "0.9",
    "0.85",
    "fraction",
    "the margin of all positions is 90 %, and at most 85 % is allowed",
    "the margin of all positions would have to fall from 90 % to 85 %",
  ],
  [
    "gross-notional",
    "2.5",
    "2",
    "times",
    "all positions would be worth 2.5 times the equity, and at most 2 times is allowed",
    "the value of all positions, by equity, would have to fall from 2.5 times to 2 times",
  ],
  [
    "cash",
    "1000.5",
    "900",
    "USDT",
    "margin and fee take 1,000.50 USDT, and 900.00 USDT is there",
    "cash would have to rise from 900.00 USDT to 1,000.50 USDT",
  ],
  [
    "order-quantity",
    "0",
    "0.001",
    "count",
    "the quantity is 0 coins, and at least 0.001 coins is asked for",
    "the quantity would have to rise from 0 coins to 0.001 coins",
  ],
  [
    "order-value",
    "40",
    "50",
    "USDT",
    "the value of the order is 40.00 USDT, and at least 50.00 USDT is asked for",
    "the value of the order would have to rise from 40.00 USDT to 50.00 USDT",
  ],
  [
    "reward-to-risk",
    "1.2000",
    "1.5",
    "ratio",
    "the target pays 1.2 times what the stop costs, and at least 1.5 times is asked for",
    "what the target pays for what the stop costs would have to rise from 1.2 times to 1.5 times",
  ],
  [
    "net-profit",
    "4.997",
    "5",
    "USDT",
    "the net profit at the target is just under 5.00 USDT, and at least 5.00 USDT is asked for",
    "the net profit at the target would have to rise from just under 5.00 USDT to 5.00 USDT",
  ],
];
