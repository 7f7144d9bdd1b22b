import { passIf, type RiskLimit, type RiskRule } from "../basis/risk-rule";
import { dayName, describeHours, describeInstant, hourText, isWithinHours } from "../basis/trading-hours";
import { UNKNOWN } from "../basis/unit-texts";

const numberOf = (
  range: readonly [least: number, most: number],
  line: Pick<RiskLimit, "standard" | "place" | "label" | "text">,
): RiskLimit => ({ least: range[0], most: range[1], isWhole: true, section: "Entries", ...line });

type HourLimit = "tradingDayFirst" | "tradingDayLast" | "tradingHourFrom" | "tradingHourTo";

const hoursOf = (limits: Readonly<Record<HourLimit, number>>) => ({
  firstDay: limits.tradingDayFirst,
  lastDay: limits.tradingDayLast,
  fromHour: limits.tradingHourFrom,
  toHour: limits.tradingHourTo,
});

/** Positions are entered only in these hours of these days (UTC), and closed at any time. */
export const tradingHoursRule: RiskRule<"trading-hours", HourLimit> = {
  name: "trading-hours",
  description: "Positions are entered only on the bot's days and in its hours, and closed at any time.",
  unit: "state",
  limits: {
    tradingDayFirst: numberOf([1, 7], {
      standard: 1,
      place: 14,
      label: "First day",
      text: (day) => `Enters from ${dayName(day)} on`,
    }),
    tradingDayLast: numberOf([1, 7], {
      standard: 7,
      place: 15,
      label: "Last day",
      text: (day) => `Enters until ${dayName(day)}, or later where the hours of that day run across midnight`,
    }),
    tradingHourFrom: numberOf([0, 23], {
      standard: 0,
      place: 16,
      label: "First hour",
      text: (hour) => `Enters from ${hourText(hour)} UTC`,
    }),
    tradingHourTo: numberOf([0, 24], {
      standard: 24,
      place: 17,
      label: "Last hour",
      text: (hour) => `Enters until ${hourText(hour)} UTC, of the next day where that is no later than the first hour`,
    }),
  },
  off: {
    when: (limits) => {
      const { firstDay, lastDay, fromHour, toHour } = hoursOf(limits);
      return firstDay === 1 && lastDay === 7 && fromHour === 0 && toHour === 24;
    },
    label: "Trading hours",
    text: "Off: enters on every day at any hour",
  },
  check: ({ limits, time }) => {
    const hours = hoursOf(limits);
    return {
      outcome: passIf(isWithinHours(time, hours)),
      measured: describeInstant(time),
      limit: describeHours(hours),
    };
  },
  words: {
    title: "trading hours",
    refused: "it does not enter at this hour",
    reason: ({ measured, limit }) => `it is ${measured ?? UNKNOWN}, and the bot enters ${limit}`,
    change: ({ limit }) => `wait for the bot's hours: ${limit}`,
  },
};
