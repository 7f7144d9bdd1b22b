const RSI = { indicator: "rsi", parameters: { period: 7 } };
const EMA = { indicator: "ema", parameters: { period: 9 } };

/** Buys dips while the slower timeframe is known. */
export const DIPS = {
  secondTimeframe: "4h",
  long: {
    setups: [
      {
        kind: "conditions",
        code: "dip",
        name: "Dip",
        all: [
          { code: "below", name: "the close below EMA9", when: { left: "close", is: "<", right: EMA } },
          { code: "slower", name: "EMA9 of 4h", when: { left: { ...EMA, timeframe: "second" }, is: ">", right: 0 } },
        ],
        score: 0.7,
        sizes: [{ sizeFraction: 0.1 }],
        leverage: 2,
        stop: { from: "low", fraction: 0.006 },
        target: { fraction: 0.03 },
      },
    ],
    exits: [
      {
        code: "half",
        name: "0.3 % gained",
        when: { left: "close", is: ">", right: 0 },
        gainMin: 0.003,
        closeFraction: 0.5,
        blocksEntry: false,
      },
      {
        code: "turn",
        name: "RSI7 turned up",
        when: { left: RSI, is: ">", right: 52 },
        turnedFrom: { left: RSI, is: "<", right: 48 },
      },
    ],
  },
} as const;
