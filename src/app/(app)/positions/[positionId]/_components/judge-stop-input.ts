import { Decimal } from "decimal.js";
import type { PositionView } from "~/contracts/position-view";

/** A price as it was typed: plain decimal text, or what is wrong with it. `isLooser`: it protects less than the stop that is. */
export type JudgedStop = { readonly level: string | null; readonly problem: string | null; readonly isLooser: boolean };

type Judged = Pick<PositionView, "side" | "stopLoss" | "mark">;

const wrong = (problem: string): JudgedStop => ({ level: null, problem, isLooser: false });

/** Groups of three digits, as we write them; any other comma may be meant as a decimal one. */
const GROUPED = /^\d{1,3}(,\d{3})+(\.\d*)?$/;

/** What is wrong with a price as text; null: nothing. */
const findFault = (text: string): string | null => {
  if (text.includes(",") && !GROUPED.test(text)) return "Enter decimals after a point, such as 41250.5.";
  return /^\d{1,15}(\.\d{1,18})?$/.test(text.replaceAll(",", "")) ? null : "Enter a price such as 41250.5.";
};

/** Judges a typed stop as far as a page can; the server judges it again. Digits may be grouped by commas or spaces. */
export const judgeStopInput = ({ side, stopLoss, mark }: Judged, typed: string): JudgedStop => {
  const text = typed.replaceAll(/\s/g, "");
  const fault = findFault(text);
  if (fault !== null) return wrong(fault);
  const level = new Decimal(text.replaceAll(",", ""));
  if (side === "long" ? level.gte(mark) : level.lte(mark)) {
    return wrong(
      `The stop of a ${side} is ${side === "long" ? "below" : "above"} the mark price: to leave now, close it.`,
    );
  }
  if (stopLoss !== null && level.eq(stopLoss)) return { ...wrong("The stop is there already."), problem: null };
  const isLooser = stopLoss !== null && (side === "long" ? level.lt(stopLoss) : level.gt(stopLoss));
  return { level: level.toFixed(), problem: null, isLooser };
};
