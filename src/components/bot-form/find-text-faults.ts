import { Decimal } from "decimal.js";
import { formatAmount } from "~/components/format/format-amount";
import type { BotChoices } from "~/contracts/new-bot";
import type { SettingIssue } from "~/trading/preview/read-settings";
import { placeOf, type Draft } from "./draft";

const AMOUNT = /^\d{1,12}(\.\d{1,8})?$/;
const NO_AMOUNT = "Enter an amount above 0, such as 10000 or 499.5.";

const isAmount = (text: string): boolean => AMOUNT.test(text.trim()) && Number(text) > 0;

const fault = (path: string, message: string): SettingIssue[] => [{ path, message }];

const allotmentFaults = ({ money }: Draft, most: string | null, isNew: boolean): SettingIssue[] => {
  const text = money.allotment.trim();
  if (isNew && text === "") return [];
  if (!isAmount(text)) return fault("money.allotment", NO_AMOUNT);
  const isTooMuch = most !== null && new Decimal(text).gt(most);
  return isTooMuch ? fault("money.allotment", `Enter at most ${formatAmount(most)}.`) : [];
};

/** What is wrong with the fields that are no settings. */
export const findTextFaults = (draft: Draft, choices: Pick<BotChoices, "venues" | "accounts">): SettingIssue[] => {
  const { account } = placeOf(draft, choices);
  const { capital } = draft.money;
  const isNew = account === undefined;
  const capitalFaults = isNew && !isAmount(capital) ? fault("money.capital", NO_AMOUNT) : [];
  const most = account ? account.free : isAmount(capital) ? capital.trim() : null;
  return [
    ...(draft.name.trim() === "" ? fault("name", "Enter a name.") : []),
    ...capitalFaults,
    ...allotmentFaults(draft, most, isNew),
  ];
};
