import type { Metadata } from "next";
import { getApi } from "~/trpc/server";
import { EmailPanel } from "./_components/email-panel";
import { ModelsSection } from "./_components/models/models-section";
import { PasswordPanel } from "./_components/password-panel";
import { SessionsPanel } from "./_components/sessions-panel";

export const metadata: Metadata = { title: "Account" };

export default async function AccountPage() {
  const { call } = await getApi();
  const [me, sessions, models] = await Promise.all([call.auth.me(), call.account.sessions(), call.models.account()]);
  return (
    <>
      <h1 className="mb-4 text-xl font-semibold">Account</h1>
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <div className="grid gap-4">
          <EmailPanel {...me} />
          <PasswordPanel email={me.email} />
        </div>
        <SessionsPanel initial={sessions} />
      </div>
      <div className="mt-4">
        <ModelsSection initial={models} />
      </div>
    </>
  );
}
