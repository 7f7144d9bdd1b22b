import type { RiskRule } from "./risk-rule";
import type { Sentence } from "./rule-texts";
import { describeNumbers, type Say } from "./unit-texts";

/** After a limit: the entry is planned in legs, of which the rule judges one, or one side all and the other the first. */
const IN_LEGS = " (in legs)";

/** A limit as it is stored with a check of an entry with these legs. */
export const limitFor = (limit: string, { legs }: { readonly legs: readonly unknown[] }): string =>
  legs.length === 0 ? limit : `${limit}${IN_LEGS}`;

const isInLegs = (limit: string): boolean => limit.endsWith(IN_LEGS);
const withoutLegs = (limit: string): string => limit.replace(IN_LEGS, "");

type Words = RiskRule["words"];

/** The words of a rule that says something else of an entry in legs; `say`: its numbers with their unit. */
export const wordsByLegs = (
  words: Omit<Words, "texts">,
  inLegs: { readonly reason: Sentence; readonly change: Sentence; readonly say: Say },
): Words => ({
  ...words,
  reason: (check, texts) => (isInLegs(check.limit) ? inLegs.reason : words.reason)(check, texts),
  change: (check, texts) => (isInLegs(check.limit) ? inLegs.change : words.change)(check, texts),
  texts: ({ measured, limit }) => describeNumbers({ measured, limit: withoutLegs(limit) }, inLegs.say),
  limitExactly: (limit, say) => say(withoutLegs(limit)),
});
