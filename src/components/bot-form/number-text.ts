import { Decimal } from "decimal.js";
import type { SettingIssue } from "~/trading/preview/read-settings";

/** How a setting is typed: a share in percent, seconds in minutes, or as it is. */
export type Unit = "%" | "min" | "plain";

const FACTORS: Readonly<Record<Unit, Decimal>> = {
  "%": new Decimal(100),
  min: new Decimal(1).div(60),
  plain: new Decimal(1),
};
const NUMBER = /^-?\d+(\.\d+)?$/;
const DECIMALS = 8;

const shown = (value: number, unit: Unit): string => {
  const factor = FACTORS[unit];
  const scaled = unit === "min" ? new Decimal(value).div(60) : factor.times(value);
  return scaled.toDecimalPlaces(DECIMALS).toFixed();
};

/** A setting as it stands in its field; text that is no number as it was typed, and nothing where nothing is set. */
export const toText = (value: unknown, unit: Unit): string => {
  if (typeof value === "number") return shown(value, unit);
  return typeof value === "string" ? value : "";
};

/** What was typed as a setting: undefined where nothing is, and the text itself where it is no number. */
export const toValue = (text: string, unit: Unit): number | string | undefined => {
  const typed = text.trim();
  if (typed === "") return undefined;
  if (!NUMBER.test(typed)) return typed;
  const number = new Decimal(typed);
  return (unit === "min" ? number.times(60) : number.div(FACTORS[unit])).toNumber();
};

const said = (bound: number, unit: Unit): string => `${shown(bound, unit)}${unit === "%" ? "\u00a0%" : ""}`;

const isNoNumber = (message: string): boolean => message.startsWith("Invalid input: expected number");

/** What is wrong with a number, in the unit in which it is typed. */
export const describeIssue = ({ message, least, most, isExclusive }: SettingIssue, unit: Unit): string => {
  if (least !== undefined) return `Enter ${isExclusive ? "more than" : "at least"} ${said(least, unit)}.`;
  if (most !== undefined) return `Enter ${isExclusive ? "less than" : "at most"} ${said(most, unit)}.`;
  if (isNoNumber(message)) return "Enter a number, such as 5 or 2.5.";
  return `${message.charAt(0).toUpperCase()}${message.slice(1)}${message.endsWith(".") ? "" : "."}`;
};
