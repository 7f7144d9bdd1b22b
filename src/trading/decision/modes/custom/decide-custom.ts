import { NO_EXIT_TERMS } from "../../../portfolio/exit-terms";
import { holdDecision, type Decision } from "../../basis/decision";
import type { HeldPosition } from "../../basis/decision-mode";
import { exitEvidence, readExits, type ExitVerdict } from "./custom-exits";
import type { CustomAnswer, CustomQuestion, CustomReason } from "./custom-question";
import { decideCustomEntry } from "./decide-custom-entry";
import { windowsOf } from "./rule-windows";
import type { CustomSettings } from "./custom-settings";

const hold = holdDecision<CustomReason>;

/** Closed decision candles that an entry needs. */
const entryCandles = (settings: CustomSettings): number =>
  Math.max(windowsOf(settings).needed, settings.warmUpCandles ?? 1);

/**
 * The rules' decision for one pair where its market reads so. With a position it closes or holds, an exit counting as
 * soon as its own values are known; without one it opens or holds, and only once every indicator is warm.
 */
export const decideCustom = (question: CustomQuestion): Decision => {
  const { settings, position, analysis } = question;
  const { scores, readings } = analysis;
  const { last, candles } = readings;
  if (last === null || scores === null) return holdForWarmUp(question);
  const isWarm = candles >= entryCandles(settings);
  if (position !== null) return decideHeld(question, { scores, last }, { position, isWarm });
  return isWarm ? decideCustomEntry(question, { scores, last }) : holdForWarmUp(question);
};

const holdForWarmUp = ({ pair, settings, analysis }: CustomQuestion): Decision => {
  const { candle, readings } = analysis;
  const text = `${readings.candles} closed ${settings.timeframe} candles since the last outage are there, ${entryCandles(settings)} are needed`;
  return hold(pair, { code: "warming-up", text }, { decidedCandle: candle });
};

const exitReason = (code: string) => `exit-${code}` as const;

type Held = { readonly position: HeldPosition; readonly isWarm: boolean };

/** The first exit that holds closes; one that closes a part does so once. The score shown is that of its own side. */
const decideHeld = (question: CustomQuestion, { scores, last }: CustomAnswer, { position, isWarm }: Held): Decision => {
  const { pair, settings, analysis } = question;
  const verdicts = readExits(last, settings, position);
  const { candle: decidedCandle } = analysis;
  const evidence = [...analysis.evidence, ...exitEvidence(verdicts, position.side)];
  const details = { decidedCandle, score: scores[position.side], scores, evidence };
  const isTaken = ({ exit }: ExitVerdict): boolean =>
    exit.closeFraction < 1 && position.partsTaken.includes(exitReason(exit.code));
  const found = verdicts.find((verdict) => verdict.holds && !isTaken(verdict));
  if (found) return closeBy(found, position, { pair, details });
  if (!isWarm) return holdForWarmUp(question);
  const text = `the ${position.side} stays open: no exit rule holds`;
  return hold(pair, { code: "position-open", text }, details);
};

type Closing = { readonly pair: string; readonly details: Parameters<typeof hold>[2] };

const closeBy = ({ exit }: ExitVerdict, { side }: HeldPosition, { pair, details }: Closing): Decision => {
  const isPart = exit.closeFraction < 1;
  const text = `${isPart ? `a part of the ${side}` : `the ${side}`} is closed: ${exit.name}`;
  return {
    ...hold(pair, { code: exitReason(exit.code), text }, details),
    action: "close",
    side,
    ...(isPart && {
      closeFraction: exit.closeFraction,
      ...(exit.rest && { exits: { ...NO_EXIT_TERMS, ...exit.rest } }),
    }),
  };
};
