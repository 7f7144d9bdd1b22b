import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { ApiProvider } from "~/trpc/react";
import { getApi } from "~/trpc/server";
import { BotList } from "./_components/bot-list";
import { SignOutButton } from "./_components/sign-out-button";

export const metadata: Metadata = { title: "Bots - 0xBot" };

export default async function BotsPage() {
  const { isSignedIn, call } = await getApi();
  if (!isSignedIn) redirect("/sign-in");
  const [{ email }, bots] = await Promise.all([call.auth.me(), call.bots.list()]);
  return (
    <main>
      <h1>Bots</h1>
      <p>
        Signed in as {email}. <SignOutButton />
      </p>
      <ApiProvider>
        <BotList initial={bots} />
      </ApiProvider>
    </main>
  );
}
