import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../market/duration";

/** Hours 0 to 24 and days 1 (Monday) to 7 (Sunday), UTC. The last day is included, the last hour is not. */
export type TradingHours = Readonly<Record<"firstDay" | "lastDay" | "fromHour" | "toHour", number>>;

const DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] as const;

export const dayName = (day: number): string => DAYS[day - 1] ?? "no day";

const twoDigits = (value: number): string => String(value).padStart(2, "0");
export const hourText = (hour: number): string => `${twoDigits(hour)}:00`;

/** 1 is Monday: the Unix epoch was a Thursday. */
const dayOf = (time: number): number => ((Math.floor(time / DAY_MS) + 3) % 7) + 1;

const isOfDays = (day: number, { firstDay, lastDay }: TradingHours): boolean =>
  firstDay <= lastDay ? day >= firstDay && day <= lastDay : day >= firstDay || day <= lastDay;

/** Hours that end no later than they begin run across midnight, and belong to the day on which they began. */
const isOvernight = ({ fromHour, toHour }: TradingHours): boolean => toHour <= fromHour;

export const isWithinHours = (time: number, hours: TradingHours): boolean => {
  const hour = (time % DAY_MS) / HOUR_MS;
  if (hour >= hours.fromHour) return (isOvernight(hours) || hour < hours.toHour) && isOfDays(dayOf(time), hours);
  return isOvernight(hours) && hour < hours.toHour && isOfDays(dayOf(time - DAY_MS), hours);
};

/** "Saturday, 13:05 UTC". */
export const describeInstant = (time: number): string => {
  const minutes = Math.floor((time % DAY_MS) / MINUTE_MS);
  return `${dayName(dayOf(time))}, ${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)} UTC`;
};

const describeDays = ({ firstDay, lastDay }: TradingHours): string => {
  if (lastDay % 7 === (firstDay + 6) % 7) return "every day";
  return firstDay === lastDay ? dayName(firstDay) : `${dayName(firstDay)} to ${dayName(lastDay)}`;
};

/** "Monday to Friday, 22:00 UTC to 06:00 UTC of the next day". */
export const describeHours = (hours: TradingHours): string => {
  const next = isOvernight(hours) ? " of the next day" : "";
  return `${describeDays(hours)}, ${hourText(hours.fromHour)} UTC to ${hourText(hours.toHour)} UTC${next}`;
};
