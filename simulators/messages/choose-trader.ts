import { followTrend, type ScriptedTrader } from "./scripted-trader";
import { readAskedPairs, readToldFacts } from "./told-facts";
import { tradeFacts } from "./trade-facts";

/** Answers what the language-model mode asks as a trader, and the small question of a trial by its table. */
export const answerAsAsked: ScriptedTrader = (prompt) => {
  const isOfMode = readAskedPairs(prompt).length > 0 && readToldFacts(prompt).size > 0;
  return isOfMode ? tradeFacts(prompt) : followTrend(prompt);
};
