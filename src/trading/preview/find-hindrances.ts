import { decisionTimeframes, modeOf } from "../decision/decide";
import { formatSeconds } from "../format-number";
import { timeframeMs } from "../market/timeframe";
import { nearestChange } from "../risk/nearest-change";
import { refusalTitle } from "../risk/describe-refusal";
import { judgePlans, type FoundMarket, type JudgedEntry, type NewBot } from "./judge-plans";

/** What keeps a new bot from trading. `never`: it enters nothing at all as it stands. */
export type Hindrance = {
  readonly key: string;
  readonly severity: "never" | "some";
  /** Two or three words. */
  readonly title: string;
  /** Whom it concerns and what is the case, in a sentence. */
  readonly text: string;
  /** What would let it pass; null: nothing to name. */
  readonly change: string | null;
};

/** A market with how long its candles are known, ms; null: unknown, or as far as anybody asks. */
export type HindranceMarket = FoundMarket & { readonly knownMs: number | null };

const NAMES_MAX = 3;

const listNames = (names: readonly string[]): string => {
  const more = names.length - NAMES_MAX;
  return `${names.slice(0, NAMES_MAX).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
};

const distinct = (values: readonly string[]): string[] => [...new Set(values)];

/** What a refusal's entries have in common that other entries lack: "shorts", "Pullback", pairs. */
const describeScope = (refused: readonly JudgedEntry[], all: readonly JudgedEntry[]): string => {
  const partOf = (read: (entry: JudgedEntry) => string): string[] => {
    const names = distinct(refused.map(read));
    return names.length < distinct(all.map(read)).length ? names : [];
  };
  const plans = partOf(({ plan }) => plan.name);
  const sides = partOf(({ side }) => `${side}s`);
  const sizes = partOf(({ size }) => (size === "least" ? "of its lowest score" : "of its highest score"));
  const pairs = partOf(({ pair }) => pair);
  const what = [...plans, ...sides].join(", ") || "entries";
  return [what, ...sizes, ...(pairs.length > 0 ? [`in ${listNames(pairs)}`] : [])].join(" ");
};

/** Without candles nothing is known of how a market moves: a size that depends on it is no refusal yet. */
const isUnknownYet = ({ assessed: { verdict } }: JudgedEntry, { settings: { sizing } }: NewBot): boolean =>
  verdict?.rule === "size-is-known" && (sizing.method === "volatility-target" || sizing.method === "risk-per-trade");

type Refused = JudgedEntry & { readonly rule: string; readonly reason: string };

const refusedOf = (judged: readonly JudgedEntry[], bot: NewBot): Refused[] =>
  judged.flatMap((entry) => {
    const { verdict } = entry.assessed;
    if (verdict?.outcome !== "rejected" || verdict.rule === null || isUnknownYet(entry, bot)) return [];
    return [{ ...entry, rule: verdict.rule, reason: verdict.reason }];
  });

const changeOf = ({ rule, assessed: { verdict } }: Refused): string | null =>
  nearestChange({ rule, failed: (verdict?.checks ?? []).filter(({ outcome }) => outcome === "fail") });

const byGate = (bot: NewBot, markets: readonly FoundMarket[]): Hindrance[] => {
  const judged = judgePlans(bot, markets);
  const refused = refusedOf(judged, bot);
  const isNever = judged.length > 0 && refused.length === judged.length;
  return distinct(refused.map(({ rule }) => rule)).flatMap((rule) => {
    const entries = refused.filter((entry) => entry.rule === rule);
    const [first] = entries;
    if (!first) return [];
    const isAll = entries.length === judged.length;
    const whom = isAll ? "Every entry is refused" : `Refused are ${describeScope(entries, judged)}`;
    const text = `${whom}: ${first.reason}.`;
    const severity = isNever ? ("never" as const) : ("some" as const);
    return [{ key: rule, severity, title: refusalTitle(rule), text, change: changeOf(first) }];
  });
};

const withoutPlan = ({ settings }: NewBot): Hindrance[] => {
  if (modeOf(settings).plans(settings.decision, settings.pairs.length).length > 0) return [];
  const text = "No setup of it can reach the score that it has to: it never enters.";
  const change = "add a setup, or lower the score from which it enters";
  return [{ key: "no-plan", severity: "never", title: "no entry", text, change }];
};

const MS_PER_SECOND = 1000;

const withoutHistory = ({ settings }: NewBot, markets: readonly HindranceMarket[]): Hindrance[] => {
  const [{ timeframe, count }] = decisionTimeframes(settings);
  const wanted = count * timeframeMs(timeframe);
  const short = markets.filter(({ knownMs }) => knownMs !== null && knownMs < wanted);
  if (short.length === 0) return [];
  const names = listNames(short.map(({ rules }) => rules.pair));
  const text = `${names}: a decision reads up to ${count} candles of ${timeframe} (${formatSeconds(wanted / MS_PER_SECOND)}), and fewer are known. It may hold until there are enough.`;
  return [
    { key: "history", severity: "some", title: "short history", text, change: "shorter candles, or other pairs" },
  ];
};

/**
 * Combinations of settings, capital and markets that keep a new bot from trading, the gate's in the gate's own words.
 * What its market shows now, such as a wide spread, is told as it is now.
 */
export const findHindrances = (bot: NewBot, markets: readonly HindranceMarket[]): Hindrance[] => {
  const found = [...withoutPlan(bot), ...byGate(bot, markets), ...withoutHistory(bot, markets)];
  const rank = ({ severity }: Hindrance): number => (severity === "never" ? 0 : 1);
  return found.toSorted((one, other) => rank(one) - rank(other));
};
