import { DIPS } from "~/trading/backtest/testing/dips";
import type { FixtureOptions } from "./books-fixture";
import { LOOKING_BACK, PERMISSIVE } from "./run-hours";

export type Life = {
  readonly options: FixtureOptions;
  readonly slots: number;
  readonly fall: number;
  /** The share of slots that may need a run. */
  readonly runsMax: number;
  /** What the life has to show, or it proves nothing: verdicts, exits, alerts, and whether a position left in parts. */
  readonly shows: {
    readonly outcomes: string[];
    readonly exits: string[];
    readonly alerts: string[];
    readonly parts?: boolean;
    /** Whether a position was entered further by its legs. */
    readonly legs?: boolean;
    /** Whether a later decision added to a position. */
    readonly added?: boolean;
    /** Whether it is matched by version 2: it pays funding, and its entries are filled in part. */
    readonly isSecond?: boolean;
  };
};
const VOLATILE = {
  intervalSeconds: 1800,
  decision: { preset: "original", stopLossFraction: 0.015, takeProfitFraction: 0.04, leverage: 3 },
  risk: { ...PERMISSIVE, drawdownMax: 0.02, correlationMax: 1 },
} as const;

/** All run over a midnight: bots in a volatile market, one to its drawdown limit and beyond, and the control in a fall. */
export const LIVES = {
  trinity: {
    slots: 58,
    fall: 1,
    runsMax: 0.5,
    options: {
      volatility: 0.004,
      settings: {
        ...VOLATILE,
        risk: { ...VOLATILE.risk, ...LOOKING_BACK },
        sizing: { method: "kelly", baseShare: 0.25 },
      },
    },
    shows: {
      outcomes: ["approved", "rejected"],
      exits: ["exit-rsi", "stop-loss", "take-profit"],
      alerts: ["near", "reached"],
    },
  },
  "trinity with part targets, a trail by ATR, break-even and a time exit": {
    slots: 57,
    fall: 1,
    runsMax: 0.9,
    options: {
      volatility: 0.004,
      settings: {
        ...VOLATILE,
        exits: {
          breakEven: { fromFraction: 0.008, lockFraction: 0.002 },
          trailing: { by: "atr", multiple: 1, fromFraction: 0.01 },
          timeExitMinutes: 200,
          targets: [
            { atFraction: 0.006, share: 0.3 },
            { atFraction: 0.012, share: 0.3 },
          ],
        },
        // Parts that leave early pay less for the risk.
        risk: { ...VOLATILE.risk, drawdownMax: 0.5, rewardToRiskMin: 0.5 },
      },
    },
    shows: {
      outcomes: ["approved"],
      exits: ["break-even", "exit-rsi", "stop-loss", "time-exit", "trailing-stop"],
      alerts: [],
      parts: true,
    },
  },
  "trinity that enters in legs": {
    slots: 57,
    fall: 1,
    runsMax: 0.9,
    options: {
      volatility: 0.004,
      settings: {
        ...VOLATILE,
        decision: { ...VOLATILE.decision, stopLossFraction: 0.025, takeProfitFraction: 0.06 },
        matching: { version: 2, volumeShareMax: 0.0003 },
        dca: {
          legs: [
            { againstFraction: 0.004, share: 0.3 },
            { againstFraction: 0.012, share: 0.3 },
          ],
        },
        exits: { targets: [{ atFraction: 0.01, share: 0.5 }] },
        risk: { ...VOLATILE.risk, rewardToRiskMin: 0.5 },
      },
    },
    shows: {
      outcomes: ["approved"],
      exits: ["exit-rsi", "stop-loss"],
      alerts: [],
      parts: true,
      isSecond: true,
      legs: true,
    },
  },
  "trinity that adds to positions in profit": {
    slots: 57,
    fall: 1,
    runsMax: 0.95,
    options: {
      volatility: 0.004,
      settings: {
        ...VOLATILE,
        decision: { ...VOLATILE.decision, exitOnRsi: false, stopLossFraction: 0.03, takeProfitFraction: 0.06 },
        exits: { targets: [{ atFraction: 0.02, share: 0.5 }] },
        risk: { ...VOLATILE.risk, drawdownMax: 0.5, rewardToRiskMin: 0.5, pyramidingMarginMax: 0.05 },
      },
    },
    shows: {
      outcomes: ["approved", "resized"],
      exits: ["stop-loss", "take-profit"],
      alerts: [],
      parts: true,
      added: true,
    },
  },
  "trinity with a trail on Supertrend": {
    slots: 57,
    fall: 1,
    runsMax: 0.6,
    options: {
      volatility: 0.004,
      settings: {
        ...VOLATILE,
        decision: { ...VOLATILE.decision, exitOnRsi: false, stopLossFraction: 0.1, takeProfitFraction: 0.25 },
        exits: { trailing: { by: "supertrend" } },
        risk: { ...VOLATILE.risk, drawdownMax: 0.5 },
      },
    },
    shows: { outcomes: ["approved"], exits: ["trailing-stop"], alerts: [] },
  },
  "indicator by matching version 2 whose stretched positions are halved, and their rest trails by percent": {
    slots: 57,
    fall: 1,
    runsMax: 0.9,
    options: {
      volatility: 0.004,
      settings: {
        mode: "indicator",
        intervalSeconds: 1800,
        decision: {
          preset: "pullback",
          setups: "both",
          pullbackRsiMax: 60,
          breakoutRsiMin: 50,
          freshBreakout: false,
          entryScoreMin: 0.6,
          leverage: 2,
          stretchedRsi: 55,
          stretchedGainMin: 0.002,
          restTrailFraction: 0.008,
          timeExitHours: 5,
        },
        matching: { version: 2, triggerBy: "mark", volumeShareMax: 0.0003, fundingRatePer8h: -0.0007 },
        risk: { ...VOLATILE.risk, drawdownMax: 0.5 },
      },
    },
    shows: {
      outcomes: ["approved", "rejected"],
      exits: ["stop-loss", "time-exit", "trailing-stop"],
      alerts: [],
      parts: true,
      isSecond: true,
    },
  },
  "custom rules that halve a position at a gain and close it at a turn": {
    slots: 30,
    fall: 1,
    runsMax: 0.9,
    options: {
      volatility: 0.004,
      settings: {
        mode: "custom",
        intervalSeconds: 1800,
        decision: DIPS,
        risk: { ...VOLATILE.risk, drawdownMax: 0.5 },
      },
    },
    shows: {
      outcomes: ["approved", "rejected"],
      exits: ["exit-turn", "stop-loss", "take-profit"],
      alerts: [],
      parts: true,
    },
  },
  "llm whose model trades by what it is shown": {
    slots: 40,
    fall: 1,
    runsMax: 0.9,
    options: {
      volatility: 0.004,
      settings: {
        mode: "llm",
        intervalSeconds: 1800,
        decision: { budgetPerDay: "100", rewardRiskMin: 1, leverage: 2 },
        risk: { ...VOLATILE.risk, drawdownMax: 0.5 },
      },
    },
    shows: { outcomes: ["approved"], exits: ["exit-model-closes", "stop-loss", "take-profit"], alerts: [] },
  },
  "buy-and-hold": {
    slots: 26,
    fall: 0.5,
    runsMax: 0.5,
    options: {
      settings: { mode: "buy-and-hold", risk: { positionMarginMax: 1, totalMarginMax: 1, correlationMax: 1 } },
    },
    shows: { outcomes: ["approved", "resized"], exits: [], alerts: [] },
  },
} as const satisfies Record<string, Life>;
