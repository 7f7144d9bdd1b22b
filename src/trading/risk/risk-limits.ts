import { z } from "zod";
import type { ListedRule, RiskLimit } from "./basis/risk-rule";
import { RISK_RULES, type LimitName } from "./risk-rules";
import { limitsOf } from "./rule-book";

const schemaOf = ({ least, most, standard, isWhole }: RiskLimit): z.ZodDefault<z.ZodNumber> => {
  const range = z.number().min(least).max(most);
  return (isWhole ? range.int() : range).default(standard);
};

/** The limits of these rules. Each rule defines its own, with range and default. */
export const limitsSchemaOf = <Limit extends string>(rules: readonly Pick<ListedRule<string, Limit>, "limits">[]) => {
  const shape = limitsOf(rules).map(([name, limit]) => [name, schemaOf(limit)]);
  return z.strictObject(Object.fromEntries(shape) as Record<Limit, z.ZodDefault<z.ZodNumber>>);
};

/** The risk limits of a bot (TRADING 5). Fractions, never percent; values in USDT. */
export const riskLimitsSchema = limitsSchemaOf<LimitName>(RISK_RULES);
export type RiskLimits = z.infer<typeof riskLimitsSchema>;

/** The user is warned when the drawdown reaches this share of its limit. */
export const DRAWDOWN_WARNING_SHARE = 0.8;
