import { ACCOUNTS } from "~/components/trading/ledger-words";
import { LEDGER_ACCOUNTS } from "~/contracts/choices";
import type { LedgerLine } from "~/contracts/position-view";
import { LinkTabs } from "../../_components/link-tabs";

type AccountTabsProps = { readonly botId: string; readonly account: LedgerLine["account"] | undefined };

/** Which account's entries are shown: part of the page's address. */
export const AccountTabs = ({ botId, account }: AccountTabsProps) => {
  const here = `/bots/${botId}/ledger` as const;
  const accounts = LEDGER_ACCOUNTS.map((each) => ({
    href: `${here}?account=${each}` as const,
    name: ACCOUNTS[each].name,
    isHere: each === account,
  }));
  return (
    <LinkTabs label="Which account" tabs={[{ href: here, name: "All", isHere: account === undefined }, ...accounts]} />
  );
};
