import type { Metadata } from "next";
import { getApi } from "~/trpc/server";
import { AccountsView } from "./_components/accounts-view";

export const metadata: Metadata = { title: "Accounts" };

export default async function AccountsPage() {
  const { call } = await getApi();
  const list = await call.accounts.list();
  return <AccountsView initial={list} />;
}
