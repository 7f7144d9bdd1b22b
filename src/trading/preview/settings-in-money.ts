import { decimal, toMoney, toPlain, type Decimal } from "../money";
import type { LimitName } from "../risk/risk-rules";
import type { NewBot } from "./judge-plans";

/** Limits that are shares, or multiples, of equity or capital: a new bot's equity is its capital. */
const OF_EQUITY = [
  "positionMarginMax",
  "totalMarginMax",
  "grossNotionalMax",
  "pyramidingMarginMax",
  "pyramidingTogetherMax",
  "dailyLossMax",
  "dailyLossOfCapitalMax",
  "drawdownMax",
  "netProfitMin",
] as const satisfies readonly LimitName[];

type Shares = Readonly<Record<string, number>>;

const sharesOfSizing = ({ sizing }: NewBot["settings"]): Shares => {
  switch (sizing.method) {
    case "fixed-share":
    case "score-scaled":
      return { "sizing.share": sizing.share };
    case "risk-per-trade":
      return { "sizing.riskShare": sizing.riskShare };
    case "kelly":
      return { "sizing.baseShare": sizing.baseShare };
    case "tiers":
      return Object.fromEntries(sizing.tiers.map(({ share }, index) => [`sizing.tiers.${index}.share`, share]));
    case "mode":
    case "volatility-target":
      return {};
  }
};

const sharesOfMode = ({ mode, decision }: NewBot["settings"]): Shares => {
  if (mode === "buy-and-hold") return { "decision.investedFraction": decision.investedFraction };
  return mode === "indicator" || mode === "llm" ? { "decision.sizeFraction": decision.sizeFraction } : {};
};

/** What shares of equity are in money for a bot that begins with this capital: plain decimal text by the setting's path. */
export const settingsInMoney = ({ settings, capital }: NewBot): Readonly<Record<string, string>> => {
  const limits = OF_EQUITY.map((name): [string, number] => [`risk.${name}`, settings.risk[name]]);
  const shares = { ...Object.fromEntries(limits), ...sharesOfSizing(settings), ...sharesOfMode(settings) };
  const inMoney = (share: number): Decimal => toMoney(capital.times(decimal(share)));
  // A share of nothing is switched off, which its words say.
  const set = Object.entries(shares).filter(([, share]) => share > 0);
  return Object.fromEntries(set.map(([path, share]) => [path, toPlain(inMoney(share))]));
};
