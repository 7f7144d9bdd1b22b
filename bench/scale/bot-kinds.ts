import { DEMO_PAIRS } from "../../simulators/demo/demo-pairs";
import { botSettingsSchema, type BotSettings } from "../../src/trading/bot-settings";
import { DECISION_TIMEFRAME, INTERVAL_MS } from "./plan-closes";

/** `entering` enters at each close, `holding` holds from before the first one, `quiet` finds nothing to enter. */
export type BotGroup = "entering" | "holding" | "quiet";

/** Bots that differ in nothing but their owner. */
export type BotKind = { readonly group: BotGroup; readonly settings: BotSettings };

const PAIRS = DEMO_PAIRS.map(({ pair }) => pair);
const COMMON = { intervalSeconds: INTERVAL_MS / 1000 };
/** The gate's limits of pace and number, out of the way of bots that shall enter. */
const FREE = {
  cooldownMinutes: 0,
  lossPauseHours: 0,
  tradesPerDayMax: 200,
  openPositionsMax: 20,
  correlationMax: 1,
  netProfitMin: 0,
};
/** Enters from the lowest score there is, and leaves by stop or target alone, which are far. */
const EAGER = {
  timeframe: DECISION_TIMEFRAME,
  confirmTimeframe: "15m",
  triggerRequired: false,
  entryScoreMin: 0.5,
  stopLossFraction: 0.05,
  takeProfitFraction: 0.12,
  exitOnSupertrend: false,
  exitOnSma200: false,
  exitOnRsi: false,
};
const BUYS = { timeframe: DECISION_TIMEFRAME };
const WHOLE = { ...FREE, positionMarginMax: 1, totalMarginMax: 1 };

/** Trinity as it holds at nearly every candle: a score beyond these is rare. */
const QUIET = [
  { entryScoreMin: 0.96 },
  { entryScoreMin: 0.97, confirmTimeframe: "15m" },
  { entryScoreMin: 0.98, confirmTimeframe: "1h" },
  { entryScoreMin: 0.98, confirmTimeframe: "30m", stopLossFraction: 0.01, takeProfitFraction: 0.025 },
  { entryScoreMin: 0.99, confirmTimeframe: "15m", exitOnRsi: false },
  { entryScoreMin: 1, confirmTimeframe: "1h", exitOnSupertrend: false },
];
const QUIET_PAIRS = [PAIRS.slice(0, 3), PAIRS.slice(0, 1), PAIRS.slice(1, 3), PAIRS.slice(2, 5), PAIRS.slice(4, 5)];

/** What an eager Trinity is asked about where a market is looked for that it enters. */
export const EAGER_SETTINGS = botSettingsSchema.parse({ ...COMMON, pairs: PAIRS, decision: EAGER });

/** Enters one of three pairs at each close, whatever the market shows. */
export const THREE_PAIRS_ENTERING = botSettingsSchema.parse({
  ...COMMON,
  pairs: PAIRS.slice(0, 3),
  mode: "buy-and-hold",
  decision: BUYS,
  risk: { ...WHOLE, entriesPerCycleMax: 1 },
});

const kindOf = (group: BotGroup, settings: object): BotKind => ({
  group,
  settings: botSettingsSchema.parse({ ...COMMON, ...settings }),
});

/** Ten settings on several sets of pairs. `held`: pairs that an eager Trinity enters before the first close. */
export const botKinds = (held: readonly string[]): readonly BotKind[] => [
  // One position a close: each pair once.
  kindOf("entering", {
    pairs: PAIRS,
    decision: EAGER,
    risk: { ...FREE, entriesPerCycleMax: 1, positionMarginMax: 0.1 },
  }),
  kindOf("entering", { pairs: PAIRS, mode: "buy-and-hold", decision: BUYS, risk: { ...WHOLE, entriesPerCycleMax: 1 } }),
  ...held.map((pair) => kindOf("holding", { pairs: [pair], decision: EAGER, risk: FREE })),
  ...QUIET_PAIRS.map((pairs) =>
    kindOf("holding", { pairs, mode: "buy-and-hold", decision: BUYS, risk: { ...WHOLE, entriesPerCycleMax: 10 } }),
  ),
  ...QUIET.flatMap((decision) =>
    QUIET_PAIRS.map((pairs) => kindOf("quiet", { pairs, decision: { timeframe: DECISION_TIMEFRAME, ...decision } })),
  ),
];

type Shares = { readonly bots: number; readonly entering: number; readonly holding: number };

/** How many bots each kind has: groups by their shares, and the kinds of a group alike. */
export const countBots = (kinds: readonly BotKind[], { bots, entering, holding }: Shares): number[] => {
  const total: Record<BotGroup, number> = { entering: Math.round(bots * entering), holding: 0, quiet: 0 };
  total.holding = Math.min(Math.round(bots * holding), bots - total.entering);
  total.quiet = bots - total.entering - total.holding;
  const counts = kinds.map(() => 0);
  for (const [group, count] of Object.entries(total)) {
    const members = kinds.flatMap((kind, index) => (kind.group === group ? [index] : []));
    members.forEach((index, place) => {
      counts[index] = Math.floor(count / members.length) + (place < count % members.length ? 1 : 0);
    });
  }
  return counts;
};
